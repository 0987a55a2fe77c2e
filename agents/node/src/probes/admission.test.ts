import { defaultCaptureLimits, type Probe } from '@sonde/protocol/agent';
import { expect, it, vi } from 'vitest';
import { Admission } from './admission.ts';
import { ProbeMeter } from './probe-meter.ts';

function probe(limits: { maxHits: number; maxHitsPerSecond: number }): Probe {
  return {
    kind: 'log',
    id: 'p_00000001',
    version: 1,
    location: { file: 'a.js', line: 1 },
    limits: { ...limits, capture: defaultCaptureLimits },
    expiresAtMs: 0,
    template: 'x',
    level: 'info',
  };
}

it('admits as many hits as the probe may have, and says once that they are used up', () => {
  const onComplete = vi.fn();
  const admission = new Admission(probe({ maxHits: 2, maxHitsPerSecond: 100 }), new ProbeMeter(), () => 0, onComplete);
  expect([admission.take(), admission.take(), admission.take()]).toEqual([true, true, false]);
  expect(onComplete).toHaveBeenCalledOnce();
});

it('counts what comes faster than the rate as matched and throttled, and does not use it up', () => {
  let nowMs = 0;
  const meter = new ProbeMeter();
  const admission = new Admission(probe({ maxHits: 2, maxHitsPerSecond: 1 }), meter, () => nowMs, vi.fn());
  expect([admission.take(), admission.take()]).toEqual([true, false]);
  nowMs = 1_500;
  expect(admission.take()).toBe(true);
  expect(admission.atMs).toBe(1_500);
  expect(meter).toMatchObject({ matched: 3, throttled: 1 });
});
