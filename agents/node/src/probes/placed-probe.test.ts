import { defaultCaptureLimits } from '@sonde/protocol/agent';
import { expect, it } from 'vitest';
import { PlacedProbe } from './placed-probe.ts';
import type { ProbeTarget } from './probe-target.ts';

const target: ProbeTarget = {
  binding: { file: 'a.js', line: 3, column: 1, mechanism: 'breakpoint' },
  stand: { kind: 'breakpoint', url: 'a.js', line: 3, column: 1 },
  values: [],
  isOutOfReach: () => false,
};
const problem = { code: 'location.unreachable', message: 'no' } as const;

const placedProbe = () =>
  new PlacedProbe({
    kind: 'snapshot',
    id: 'p_00000001',
    version: 1,
    location: { file: 'a.js', line: 3 },
    limits: { maxHits: 2, maxHitsPerSecond: 10, capture: defaultCaptureLimits },
    expiresAtMs: 0,
    watches: [],
  });

it('has never spent less than before, or the budget would give the difference away', () => {
  const placed = placedProbe();
  placed.install([target], () => []);
  placed.meter.reached = 1_000;
  const before = placed.spentNs();
  placed.fail(problem);
  expect(placed.spentNs()).toBe(before);
});

it('leaves nothing standing when it fails while it is being put on its places', () => {
  const placed = placedProbe();
  const standing = new Set(['a']);
  placed.install([target], () => {
    placed.fail(problem);
    return [() => standing.delete('a')];
  });
  expect(standing.size).toBe(0);
  expect(placed.report()).toMatchObject({ status: 'error', problem });
});

it('says so when it cannot be put on its line again after a pause', () => {
  const placed = placedProbe();
  let isBroken = false;
  placed.install([target], () => {
    if (isBroken) throw new Error('broken');
    return [];
  });
  placed.pause();
  isBroken = true;
  placed.resume();
  expect(placed.report()).toMatchObject({ status: 'error', problem: { code: 'agent.fault' } });
});

it('keeps to its limits however often it is put on a line anew', () => {
  const placed = placedProbe();
  const now = () => 0;
  placed.install([target], () => []);
  expect(placed.admission(now).take()).toBe(true);
  placed.install([target], () => []);
  expect([placed.admission(now).take(), placed.admission(now).take()]).toEqual([true, false]);
});

it('says why it failed, paused or not', () => {
  const placed = placedProbe();
  placed.install([target], () => []);
  placed.pause();
  placed.fail(problem);
  expect(placed.report()).toMatchObject({ status: 'error', problem });
});
