import { monitorEventLoopDelay } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';
import type { ProcessReadings } from './health-monitor.ts';

/** How often the event loop's delay is sampled. Its timer does not keep the process alive. */
const resolutionMs = 20;

/** The readings of this process. Event-loop delay is what a timer came late, so the sampling interval is taken off. */
export function processReadings(nowMs: () => number): ProcessReadings {
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  histogram.enable();
  return {
    nowMs,
    cpuMicros() {
      const { user, system } = process.cpuUsage();
      return user + system;
    },
    heapBytes: () => getHeapStatistics().used_heap_size,
    rssBytes: () => process.memoryUsage.rss(),
    takeEventLoopDelayNs() {
      const delayNs = histogram.count === 0 ? 0 : histogram.percentile(99) - resolutionMs * 1e6;
      histogram.reset();
      return Math.max(0, delayNs);
    },
  };
}
