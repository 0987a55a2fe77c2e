import assert from 'node:assert/strict';
import type { Location, ProbeDraft, Problem } from '@sonde/protocol/agent';
import type { Dialect } from '../dialect.ts';
import type { Scene } from '../scene.ts';
import type { Behaviour } from './behaviour.ts';

/** What `explain` says, and what a probe that is placed all the same says by its status. They must agree. */
async function refusal(scene: Scene, draft: ProbeDraft): Promise<Problem> {
  const explained = await scene.explain(draft);
  assert.equal(explained.outcome, 'refused', JSON.stringify(explained));
  const probe = await scene.place(draft, { until: 'error' });
  const { problem, bindings } = await scene.status(probe, 'error');
  assert.ok(problem);
  assert.deepEqual(explained.problems[0], problem);
  assert.deepEqual(bindings, []);
  await scene.remove(probe);
  return problem;
}

const snapshotAt = (location: Location): ProbeDraft => ({ kind: 'snapshot', location, watches: [] });

interface RefusedExpression {
  readonly what: string;
  readonly code: Problem['code'];
  readonly expression: (dialect: Dialect) => string;
  /** The part that the problem's range covers; absent where only its being inside the expression is promised. */
  readonly covers?: string;
}

const refusedExpressions: readonly RefusedExpression[] = [
  { what: 'breaks off', code: 'expression.syntax', expression: ({ broken }) => broken },
  { what: 'assigns', code: 'expression.refused', expression: ({ assignment }) => assignment },
  {
    what: 'names what is not there',
    code: 'expression.unknown-name',
    expression: (of) => of.unknownName,
    covers: 'nowhere',
  },
  {
    what: 'reads a redacted field',
    code: 'expression.redacted',
    expression: (of) => of.redactedField,
    covers: 'password',
  },
  { what: 'asks for a redacted key', code: 'expression.redacted', expression: ({ redactedKey }) => redactedKey },
  {
    what: 'reads a redacted variable',
    code: 'expression.redacted',
    expression: (of) => of.redactedLocal,
    covers: 'apiToken',
  },
];

const expressionRefusals = refusedExpressions.map(
  ({ what, code, expression, covers }): Behaviour => ({
    name: `an expression that ${what} is refused with its position, as a watch, a condition and in a template`,
    async check(scene) {
      const location = scene.target.at('gross');
      const text = expression(scene.dialect);
      const drafts: readonly (readonly [ProbeDraft, string, number])[] = [
        [{ kind: 'snapshot', location, watches: [scene.dialect.total, text] }, 'watches[1]', 0],
        [{ kind: 'snapshot', location, watches: [], condition: text }, 'condition', 0],
        [{ kind: 'log', location, template: `at {${text}}`, level: 'info' }, 'template', 4],
      ];
      for (const [draft, field, offset] of drafts) {
        const problem = await refusal(scene, draft);
        assert.deepEqual([problem.code, problem.field], [code, field]);
        const { start = -1, end = -1 } = problem.range ?? {};
        assert.ok(start >= offset && end >= start && end <= offset + text.length, `${field}: ${start}..${end}`);
        if (covers) assert.equal(text.slice(start - offset, end - offset), covers);
      }
    },
  }),
);

const placeRefusals: readonly Behaviour[] = [
  {
    name: 'a line that can be probed is explained: where, how, at what cost, with which names',
    core: true,
    async check(scene) {
      const { total, idByCall, totalOver } = scene.dialect;
      const location = scene.target.at('gross');
      const explain = (watches: readonly string[], condition?: string) =>
        scene.explain({ kind: 'snapshot', location, watches, ...(condition !== undefined && { condition }) });
      const read = await explain([total], totalOver(5));
      assert.equal(read.outcome, 'bound', JSON.stringify(read.problems));
      assert.deepEqual([read.bindings.length, read.bindings[0]?.line], [1, location.line]);
      assert.ok(read.bindings[0]?.file.endsWith(location.file));
      assert.match(read.bindings[0]?.sourceHash ?? '', /^[0-9a-f]{64}$/);
      assert.equal(read.gear, 'compiled');
      for (const name of ['order', 'headers', 'account']) assert.ok(read.names.includes(name), `${name} is missing`);
      const called = await explain([idByCall]);
      assert.equal(called.gear, 'sandboxed');
      assert.ok((called.hitCostNs ?? 0) > (read.hitCostNs ?? 0));
      assert.equal((await explain([])).gear, 'none');
    },
  },
  {
    name: 'a file that nobody knows is refused, and files of a similar name are told',
    async check(scene) {
      const { file, line } = scene.target.at('gross');
      const misspelt = file.replace('orders', 'orderz');
      const problem = await refusal(scene, snapshotAt({ file: misspelt, line }));
      assert.equal(problem.code, 'location.file-unknown');
      assert.ok(
        problem.candidates?.some((candidate) => candidate.endsWith(file)),
        JSON.stringify(problem),
      );
    },
  },
  {
    name: 'a line without code is refused, and the nearest lines with code are told',
    core: true,
    async check(scene) {
      const { file, line } = scene.target.at('blank');
      const problem = await refusal(scene, snapshotAt({ file, line }));
      assert.equal(problem.code, 'location.no-code');
      const [nearest] = problem.nearestLines ?? [];
      assert.ok(nearest !== undefined && nearest < line, JSON.stringify(problem));
      assert.equal((await scene.server.ask({ file, line: nearest })).outcome, 'bound');
      const beyond = await refusal(scene, snapshotAt({ file, line: line + 1_000 }));
      assert.equal(beyond.code, 'location.no-code');
    },
  },
  {
    name: 'a name that fits several files is refused, and each candidate is enough to name one',
    async check(scene) {
      const { file, line } = scene.target.at('rules', 'billing/rules');
      const problem = await refusal(scene, snapshotAt({ file: file.replace('billing/', ''), line }));
      assert.equal(problem.code, 'location.file-ambiguous');
      assert.equal(problem.candidates?.length, 2);
      const outcomes = problem.candidates.map((candidate) => scene.server.ask({ file: candidate, line }));
      for (const { outcome } of await Promise.all(outcomes)) assert.equal(outcome, 'bound');
    },
  },
  {
    name: 'a template with an open brace is refused with its position',
    core: true,
    async check(scene) {
      const location = scene.target.at('gross');
      const problem = await refusal(scene, { kind: 'log', location, template: 'total {order.total', level: 'info' });
      assert.deepEqual([problem.code, problem.field], ['template.syntax', 'template']);
      assert.equal(problem.range?.start, 6);
    },
  },
  {
    name: 'everything that is wrong with a probe is told at once',
    async check(scene) {
      const { assignment, redactedField, unknownName } = scene.dialect;
      const location = scene.target.at('gross');
      const { problems } = await scene.explain({
        kind: 'snapshot',
        location,
        condition: assignment,
        watches: [redactedField, unknownName],
      });
      assert.deepEqual(
        problems.map(({ field, code }) => [field, code]),
        [
          ['condition', 'expression.refused'],
          ['watches[0]', 'expression.redacted'],
          ['watches[1]', 'expression.unknown-name'],
        ],
      );
    },
  },
];

export const refusalBehaviours: readonly Behaviour[] = [...placeRefusals, ...expressionRefusals];
