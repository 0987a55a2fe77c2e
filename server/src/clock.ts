/** Time as the server's parts see it; tests pass one that they move by hand. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls once after `delayMs`; the answer cancels. */
  schedule(delayMs: number, run: () => void): () => void;
}

/** The longest delay of Node's timers; beyond it they fire at once. */
const maxTimerMs = 2_147_483_647;

export const systemClock: Clock = {
  now: () => Date.now(),
  schedule(delayMs, run) {
    const timer = setTimeout(run, Math.min(delayMs, maxTimerMs));
    return () => clearTimeout(timer);
  },
};
