import type { Probe } from '@sonde/protocol/agent';
import { expect, it } from 'vitest';
import { Interruption } from '../expressions/interruption.ts';
import type { PreparedExpression } from '../expressions/prepare-expression.ts';
import { Admission } from './admission.ts';
import { compileDispatcher } from './dispatcher.ts';
import { HitPath } from './hit-path.ts';
import { ProbeMeter } from './probe-meter.ts';
import { probeProgram } from './probe-program.ts';
import type { SiteExpressions } from './site-expressions.ts';
import { VisibleNames } from './visible-names.ts';

const probe = { limits: { maxHits: 10, maxHitsPerSecond: 10 } } as Probe;

/** A probe whose condition is the function; its clock stands still but for what the function adds. */
function dispatcherOf(options: {
  readonly condition: (clock: { ns: number }) => boolean;
  readonly isInline?: boolean;
}) {
  const clock = { ns: 0 };
  const stopwatch = { now: () => 1 + clock.ns / 1e6, since: (startedMs: number) => clock.ns - (startedMs - 1) * 1e6 };
  const meter = new ProbeMeter();
  let reviews = 0;
  const expression = {
    text: 'isLarge()',
    tree: {
      kind: 'call',
      callee: { kind: 'name', name: 'isLarge', range: { start: 0, end: 7 } },
      args: [],
      optional: false,
    },
    compile: () => ({
      source: '$condition()',
      captures: [{ name: '$condition', value: () => options.condition(clock) }],
    }),
  } as unknown as PreparedExpression;
  const admission = new Admission(probe, meter, stopwatch.now, () => {});
  const evaluation = { evaluate: () => [{ kind: 'value', value: options.condition(clock) }] };
  const path = new HitPath({
    meter,
    admission,
    hit: { emit: () => true },
    stopwatch,
    condition: { expression, evaluation: evaluation as unknown as SiteExpressions },
    onProblem: () => {},
    onFault: () => {},
    onSpent: () => {
      reviews += 1;
    },
  });
  const { isInline = true } = options;
  const names = new VisibleNames([], () => false);
  const parts = { site: 0, names, condition: expression, isInline, meter, admission, path, line: undefined, stopwatch };
  const hook = compileDispatcher([probeProgram(parts)], 0);
  return { hook, meter, clock, reviews: () => reviews };
}

it('takes from the budget what compiled conditions cost, though it times few of them', () => {
  const { hook, meter, clock, reviews } = dispatcherOf({
    condition(time) {
      time.ns += 40_000;
      return false;
    },
  });
  for (let hit = 0; hit < 100_000; hit += 1) hook(0);
  expect(meter.spentNs()).toBeGreaterThan(clock.ns * 0.95);
  expect(meter.spentNs()).toBeLessThan(clock.ns * 1.05);
  expect(reviews()).toBeGreaterThan(50);
});

it('lets a cheap condition stay, however often its line is reached', () => {
  const { hook, meter } = dispatcherOf({
    condition(time) {
      time.ns += 900;
      return false;
    },
  });
  for (let hit = 0; hit < 100_000; hit += 1) hook(0);
  expect(meter.spentNs()).toBe(100_000);
});

it('does not take one condition that something else interrupted for the cost of a thousand', () => {
  let evaluations = 0;
  const { hook, meter } = dispatcherOf({
    condition(time) {
      evaluations += 1;
      time.ns += evaluations === 4_096 ? 10_000_000 : 20;
      return false;
    },
  });
  for (let hit = 0; hit < 100_000; hit += 1) hook(0);
  expect(meter.spentNs()).toBeLessThan(5_000_000);
});

it('counts a condition that had to go to the sandbox once', () => {
  let needsCall = true;
  const { hook, meter, clock } = dispatcherOf({
    condition(time) {
      needsCall = !needsCall;
      if (!needsCall) throw new Interruption('call-needed', 'expression.side-effect', 'x');
      time.ns += 1_000;
      return false;
    },
  });
  for (let hit = 0; hit < 10_240; hit += 1) hook(0);
  // Twice its time, by the weight of the sandbox, and a nanosecond for each reach.
  expect(meter.spentNs()).toBeCloseTo(2 * clock.ns + 10_240, -4);
});

it('counts what V8 takes to stop at a breakpoint', () => {
  const { hook, meter } = dispatcherOf({ condition: () => false, isInline: false });
  for (let hit = 0; hit < 10; hit += 1) hook(0);
  expect(meter.spentNs()).toBeGreaterThanOrEqual(800_000);
});
