import { performance } from 'node:perf_hooks';
import { clearTimeout, setTimeout } from 'node:timers';
import type { Clock } from './clock.ts';

/** The timers are imported, not taken from the global object: there an application's tests may have put fake ones. */
// Bound now: later the application may have put a clock of its own in.
const now = performance.now.bind(performance);

export const systemClock: Clock = {
  now,
  schedule(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
