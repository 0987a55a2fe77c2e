import { expect, it } from 'vitest';
import { createHealthMonitor } from './health-monitor.ts';

it('reads the share of a core between two calls, not since the start', () => {
  let nowMs = 0;
  let cpuMicros = 5_000_000;
  const health = createHealthMonitor({
    nowMs: () => nowMs,
    cpuMicros: () => cpuMicros,
    heapBytes: () => 10,
    rssBytes: () => 20,
    takeEventLoopDelayNs: () => 1_500_000,
  });
  nowMs = 1_000;
  cpuMicros += 250_000;
  expect(health(0.005)).toEqual({
    eventLoopDelayMs: 1.5,
    heapBytes: 10,
    rssBytes: 20,
    cpuShare: 0.25,
    agentCpuShare: 0.005,
  });
  nowMs = 3_000;
  cpuMicros += 1_000_000;
  expect(health(0).cpuShare).toBe(0.5);
});
