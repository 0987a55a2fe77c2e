import { ApiError, ConnectionError } from '@sonde/api-client';
import type { CreateProbeRequest } from '@sonde/protocol';
import { describe, expect, test } from 'vitest';
import { fakeCli } from '../../test/fake-cli.ts';
import {
  agentSample,
  boundExplanation,
  createdOf,
  logEventOf,
  logProbe,
  nowMs,
  recordOf,
  reportOf,
  snapshotEvent,
  snapshotProbe,
  storedOf,
} from '../../test/samples.ts';

describe('agents', () => {
  test('lists who is there and what it costs', async () => {
    using cli = fakeCli({ listAgents: async () => ({ agents: [agentSample] }) });
    expect(await cli.run('agents')).toBe(0);
    expect(cli.stdout()).toMatchInlineSnapshot(`
      "SERVICE  AGENT       RUNTIME      HOST  PID  SINCE  LOOP DELAY  OVERHEAD  TAGS
      shop     a_00000001  node 24.1.0  box   321  5 min  1.3 ms      0.12 %    env=prod
      "
    `);
    expect(cli.clients).toEqual([{ url: 'http://fake', token: 'secret' }]);
  });

  test('says how to start one when there is none', async () => {
    using cli = fakeCli({ listAgents: async () => ({ agents: [] }) });
    expect(await cli.run('agents')).toBe(0);
    expect(cli.stdout()).toContain('sonde run -- node app.js');
  });

  test('writes the list itself with --json', async () => {
    using cli = fakeCli({ listAgents: async () => ({ agents: [agentSample] }) });
    expect(await cli.run('agents', '--json')).toBe(0);
    expect(JSON.parse(cli.stdout())).toEqual({ agents: [agentSample] });
  });
});

describe('probes', () => {
  const records = [
    recordOf(
      { ...snapshotProbe, condition: 'order.total > 1000' },
      {
        hits: 1_204,
        reports: [reportOf({}), reportOf({ status: 'pending' }), { ...reportOf({}), agentId: 'a_gone0001' }],
      },
    ),
    recordOf(logProbe, { state: 'completed', endedAtMs: nowMs - 60_000 }),
  ];

  test('lists place, condition, state, hits and what agents say', async () => {
    const states: unknown[] = [];
    using cli = fakeCli({
      listAgents: async () => ({ agents: [agentSample] }),
      listProbes: async (input) => {
        states.push(input?.query);
        return { probes: records };
      },
    });
    expect(await cli.run('probes')).toBe(0);
    expect(await cli.run('probes', '--all', '--json')).toBe(0);
    expect(states).toEqual([{ state: 'active' }, {}]);
    const [table = '', json = ''] = cli.stdout().split(/(?=^\{)/m);
    expect(table).toMatchInlineSnapshot(`
      "PROBE       KIND      PLACE             CONDITION           STATE      HITS   AGENTS                          AGE  ENDS
      p_00000001  snapshot  src/orders.ts:42  order.total > 1000  active     1,204  1 installed, 1 pending, 1 gone  1 s  in 1 h
      p_00000001  log       src/orders.ts:42  -                   completed  0      0 agents                        1 s  1 min ago
      "
    `);
    expect(JSON.parse(json)).toEqual({ probes: records });
  });
});

describe('show', () => {
  test('shows a probe with each agent’s word and its latest events', async () => {
    const problem = { code: 'expression.threw', message: 'order is undefined', field: 'watches[0]' } as const;
    const report = reportOf({ status: 'emitting', problem }, { reached: 12, conditionFalse: 11, spentNs: 24_000 });
    const gone = { ...reportOf({}), agentId: 'a_gone0001' };
    using cli = fakeCli({
      listAgents: async () => ({ agents: [agentSample] }),
      getProbe: async () => recordOf(snapshotProbe, { hits: 1, reports: [report, gone], selector: { env: 'prod' } }),
      listEvents: async () => ({ events: [storedOf(snapshotEvent)] }),
    });
    expect(await cli.run('show', 'p_00000001')).toBe(0);
    expect(cli.stdout()).toMatchInlineSnapshot(`
      "p_00000001 snapshot at src/orders.ts:42 active
        watch    order.items.length
        on       env=prod
        hits     1 event stored, ends after 1 hit
        created  2026-01-02 03:04:04.000 by admin
        expires  2026-01-02 04:04:05.000 (in 1 h)

        Agents
          shop a_00000001 emitting
            guard at src/orders.ts:42:5
            line reached 12 times, condition false 11 times, 24 µs spent
            order is undefined (expression.threw)
                order.items.length
          shop a_gone0001 gone, installed until then
            guard at src/orders.ts:42:5
            line not reached yet

        Events
          03:04:05.000 SNAP  shop src/orders.ts:42:5 order=Order ok=true (sonde show e_00000001)
      "
    `);
  });

  test('shows an event in full', async () => {
    using cli = fakeCli({ getEvent: async () => storedOf(snapshotEvent) });
    expect(await cli.run('show', 'e_00000001')).toBe(0);
    expect(cli.stdout()).toContain('snapshot src/orders.ts:42:5 in place');
  });

  test('refuses what is no id before it asks', async () => {
    using cli = fakeCli({});
    expect(await cli.run('show', 'orders.ts')).toBe(2);
    expect(cli.stderr()).toContain('"orders.ts" is not an id');
  });
});

describe('rm', () => {
  test('removes what is named, or every active probe', async () => {
    const removed: string[] = [];
    using cli = fakeCli({
      listProbes: async () => ({ probes: [recordOf(snapshotProbe)] }),
      deleteProbe: async ({ params }) => {
        removed.push(params.probeId);
        return recordOf(snapshotProbe, { state: 'deleted', hits: 2 });
      },
    });
    expect(await cli.run('rm', 'p_00000002', 'p_00000003')).toBe(0);
    expect(await cli.run('rm', '--all')).toBe(0);
    expect(removed).toEqual(['p_00000002', 'p_00000003', 'p_00000001']);
    expect(cli.stdout()).toContain(
      'removed p_00000001 snapshot at src/orders.ts:42; its 2 events can still be shown\n',
    );
  });

  test('wants ids or --all, not both and not neither', async () => {
    using cli = fakeCli({});
    expect(await cli.run('rm')).toBe(2);
    expect(await cli.run('rm', 'p_00000001', '--all')).toBe(2);
  });
});

describe('explain', () => {
  test('tells binding, means, cost and names of each agent', async () => {
    const generated = { file: 'dist/orders.js', line: 9, column: 3 };
    const bindings = boundExplanation.bindings.map((binding) => ({ ...binding, generated }));
    const asked: unknown[] = [];
    using cli = fakeCli({
      explain: async ({ body }) => {
        asked.push(body);
        return {
          explanations: [
            { agentId: 'a_00000001', service: 'shop', explanation: { ...boundExplanation, bindings } },
            {
              agentId: 'a_00000002',
              service: 'worker',
              explanation: { ...boundExplanation, outcome: 'pending', bindings: [], names: [], gear: 'none' },
            },
          ],
          silent: ['a_00000003'],
          matching: 3,
        };
      },
    });
    expect(await cli.run('explain', 'src/orders.ts:42', '--if', 'order.total > 1', '--on', 'env=prod')).toBe(0);
    expect(cli.stdout()).toMatchInlineSnapshot(`
      "src/orders.ts:42

      shop a_00000001 can be placed
        binds to     src/orders.ts:42:5
        runs as      dist/orders.js:9:3
        by           a guard compiled into the code; nothing pauses
        expressions  compiled: reads only
        cost         about 2.1 ns a hit; a hit that matches about 50 µs
        in scope     order, total, this

      worker a_00000002 would wait until the file is loaded
        cost  about 2.1 ns a hit; a hit that matches about 50 µs

      a_00000003 matches but did not answer in time
      "
    `);
    const location = { file: 'src/orders.ts', line: 42 };
    const draft = { kind: 'snapshot', location, condition: 'order.total > 1', watches: [] };
    expect(asked).toEqual([{ location, draft, selector: { env: 'prod' } }]);
  });

  test('fails when every agent would refuse, with the place in the expression', async () => {
    const problem = {
      code: 'expression.unknown-name',
      message: 'ordr is not in scope',
      field: 'condition',
      range: { start: 0, end: 4 },
      candidates: ['order', 'orders'],
    } as const;
    const explanation = { ...boundExplanation, outcome: 'refused', bindings: [], problems: [problem] } as const;
    using cli = fakeCli({
      explain: async () => ({
        explanations: [{ agentId: 'a_00000001', service: 'shop', explanation }],
        silent: [],
        matching: 1,
      }),
    });
    expect(await cli.run('explain', 'src/orders.ts:42', '--if', 'ordr.total > 1')).toBe(1);
    expect(cli.stdout()).toContain('    ordr.total > 1\n      ^^^^\n');
    expect(cli.stdout()).toContain('did you mean: order, orders');
  });
});

describe('a refusal', () => {
  const detail = {
    type: 'urn:sonde:error:expression.refused',
    title: 'Refused',
    status: 422,
    code: 'expression.refused',
    detail: 'the probe was refused',
    problems: [
      {
        code: 'expression.refused',
        message: 'a condition must not assign',
        field: 'condition',
        range: { start: 0, end: 15 },
      },
    ],
  } as const;
  const createProbe = async () => Promise.reject(new ApiError(detail));

  test('shows the expression with the place underlined', async () => {
    using cli = fakeCli({ createProbe });
    expect(await cli.run('snapshot', 'src/orders.ts:42', '--if', 'order.total = 5')).toBe(1);
    expect(cli.stderr()).toMatchInlineSnapshot(`
      "error: a condition must not assign (expression.refused)
          order.total = 5
          ^^^^^^^^^^^^^^^
      "
    `);
    expect(cli.stdout()).toBe('');
  });

  test('is JSON on stderr with --json', async () => {
    using cli = fakeCli({ createProbe });
    expect(await cli.run('snapshot', 'src/orders.ts:42', '--if', 'order.total = 5', '--json')).toBe(1);
    expect(JSON.parse(cli.stderr())).toEqual({
      error: {
        code: 'expression.refused',
        message: 'the probe was refused',
        exitCode: 1,
        problems: detail.problems,
        details: [],
        next: [],
      },
    });
  });

  test('names what to do about a token', async () => {
    const refused = { ...detail, code: 'token.unknown', status: 401, detail: 'unknown token', problems: [] } as const;
    using cli = fakeCli({ listAgents: () => Promise.reject(new ApiError(refused)) });
    expect(await cli.run('agents')).toBe(1);
    expect(cli.stderr()).toContain('--token');
  });
});

test('an unreachable server has its own exit code and the next step', async () => {
  using cli = fakeCli({
    listAgents: () => Promise.reject(new ConnectionError('http://fake', 'nothing listens there')),
  });
  expect(await cli.run('agents')).toBe(3);
  expect(cli.stderr()).toContain('no Sonde server answers at http://fake: nothing listens there\n  → start a server');
});

describe('usage', () => {
  test.each([
    [['nonsense'], 'unknown command'],
    [['snapshot'], 'missing required argument'],
    [['snapshot', 'orders.ts'], 'src/orders.ts:42'],
    [['snapshot', 'a.ts:1', '--hits', '0'], 'whole number from 1'],
    [['snapshot', 'a.ts:1', '--expires', '5'], '10m'],
    [['log', 'a.ts:1', 'x', '--level', 'loud'], 'debug'],
    [['agents', '--nope'], 'unknown option'],
    [['agents', 'extra'], 'too many arguments'],
    [['agents', '--url', 'localhost:1'], 'is not the URL'],
  ])('%j is refused with exit code 2', async (args, text) => {
    using cli = fakeCli({});
    expect(await cli.run(...args)).toBe(2);
    expect(cli.stderr()).toContain(text);
    expect(cli.stdout()).toBe('');
  });

  test('errors are JSON with --json', async () => {
    using cli = fakeCli({});
    expect(await cli.run('agents', '--nope', '--json')).toBe(2);
    expect(JSON.parse(cli.stderr()).error).toMatchObject({ code: 'cli.usage', exitCode: 2 });
  });

  test.each(['up', 'run', 'agents', 'explain', 'snapshot', 'log', 'tail', 'probes', 'show', 'rm'])(
    '%s has help with examples and exit codes',
    async (name) => {
      using cli = fakeCli({});
      expect(await cli.run(name, '--help')).toBe(0);
      expect(cli.stdout()).toContain('Examples:');
      expect(cli.stdout()).toContain('Exit codes:');
    },
  );
});

describe('snapshot and log', () => {
  test('say where the probe stands and what to do next, and leave defaults to the server', async () => {
    const requests: CreateProbeRequest[] = [];
    using cli = fakeCli({
      createProbe: async ({ body }) => {
        requests.push(body);
        return createdOf(recordOf(snapshotProbe));
      },
    });
    expect(await cli.run('snapshot', './src/orders.ts:42')).toBe(0);
    expect(cli.stdout()).toMatchInlineSnapshot(`
      "p_00000001 snapshot at src/orders.ts:42 placed (expires in 1 h)
        shop (a_00000001): guard at src/orders.ts:42:5
      sonde tail --probe p_00000001 · sonde show p_00000001 · sonde rm p_00000001
      "
    `);
    expect(requests).toEqual([
      { draft: { kind: 'snapshot', location: { file: 'src/orders.ts', line: 42 }, watches: [] } },
    ]);
  });

  test('send every option', async () => {
    const requests: CreateProbeRequest[] = [];
    using cli = fakeCli({
      createProbe: async ({ body }) => {
        requests.push(body);
        return createdOf(recordOf(snapshotProbe));
      },
    });
    const options =
      '--if a --watch b --watch c --on env=prod --on zone=a --hits 3 --per-second 2 --expires 10m --depth 5';
    expect(await cli.run('snapshot', 'a.ts:1', ...options.split(' '))).toBe(0);
    expect(await cli.run('log', 'a.ts:1', 'x {a}', '--if', 'a', '--level', 'warn')).toBe(0);
    const location = { file: 'a.ts', line: 1 };
    expect(requests).toMatchObject([
      {
        draft: { kind: 'snapshot', location, condition: 'a', watches: ['b', 'c'] },
        selector: { env: 'prod', zone: 'a' },
        limits: { maxHits: 3, maxHitsPerSecond: 2, capture: { maxDepth: 5, maxFields: 50 } },
        expiresInMs: 600_000,
      },
      { draft: { kind: 'log', location, condition: 'a', template: 'x {a}', level: 'warn' } },
    ]);
  });

  test('log lines are shown as text that is safe to show', async () => {
    using cli = fakeCli({
      getEvent: async () => storedOf(logEventOf('paid \u001b[2J now')),
      getProbe: async () => recordOf(logProbe),
    });
    expect(await cli.run('show', 'e_00000001')).toBe(0);
    expect(cli.stdout()).toBe('03:04:05.000 WARN  shop src/orders.ts:42 paid \\u{1b}[2J now\n');
  });
});
