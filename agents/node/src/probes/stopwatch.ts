/** Milliseconds with a fraction, counting up, of no particular origin. */
export type Clock = () => number;

/** Measures pieces of work in nanoseconds, less what reading the clock itself takes. */
export interface Stopwatch {
  readonly now: Clock;
  /** Nanoseconds since `startedMs`, at least 0. */
  since(startedMs: number): number;
}

/** Of so many readings the shortest is the clock's own price; the others were disturbed. */
const calibrationReadings = 64;

export function createStopwatch(now: Clock): Stopwatch {
  let overheadNs = Number.POSITIVE_INFINITY;
  for (let i = 0; i < calibrationReadings; i++) {
    const started = now();
    const took = (now() - started) * 1e6;
    if (took < overheadNs) overheadNs = took;
  }
  return {
    now,
    since(startedMs) {
      const took = (now() - startedMs) * 1e6 - overheadNs;
      return Math.max(took, 0);
    },
  };
}
