import type { Probe } from '@sonde/protocol/agent';
import { expect, it } from 'vitest';
import type { PreparedExpression } from '../expressions/prepare-expression.ts';
import { Admission } from './admission.ts';
import { HitPath, type HitPathDeps } from './hit-path.ts';
import { ProbeMeter } from './probe-meter.ts';
import type { SiteExpressions } from './site-expressions.ts';

const probe = { limits: { maxHits: 10, maxHitsPerSecond: 10 } } as Probe;

function pathWith(parts: Partial<HitPathDeps> & { readonly outcome?: unknown }) {
  const meter = new ProbeMeter();
  const admission = new Admission(
    probe,
    meter,
    () => 0,
    () => {},
  );
  const condition = {
    expression: { text: 'order.isLarge()' } as PreparedExpression,
    evaluation: { evaluate: () => [parts.outcome] } as unknown as SiteExpressions,
  };
  const path = new HitPath({
    meter,
    admission,
    condition,
    hit: { emit: () => true },
    stopwatch: { now: () => 0, since: () => 5 },
    onProblem: () => {},
    onFault: () => {},
    onSpent: () => {},
    ...parts,
  });
  return { path, meter, counters: () => meter.counters() };
}

const broken = () => {
  throw new Error('a built-in function is broken');
};

it('counts a condition that gave no answer as failed, and not as false', () => {
  const problem = { code: 'expression.threw', message: 'x' } as const;
  const { path, meter, counters } = pathWith({ outcome: { kind: 'problem', problem } });
  meter.reached = 1;
  path.judge([]);
  expect(counters()).toMatchObject({ reached: 1, conditionFalse: 0, failed: 1, captured: 0 });
});

it('counts a condition that is false as such', () => {
  const { path, meter, counters } = pathWith({ outcome: { kind: 'value', value: false } });
  meter.reached = 1;
  path.judge([]);
  expect(counters()).toMatchObject({ conditionFalse: 1, failed: 0 });
});

it.each<[string, Partial<HitPathDeps>]>([
  ['the hit', { hit: { emit: broken } }],
  ['the budget', { onSpent: broken }],
])('throws nothing when %s fails, and so does the handling of the fault', (_, parts) => {
  const { path, counters } = pathWith({ ...parts, onFault: broken, outcome: { kind: 'value', value: true } });
  path.judge([]);
  path.emit([]);
  path.fault(new Error('x'));
  expect(counters().failed).toBeGreaterThan(0);
});
