const firstMs = 500;
const maxMs = 30_000;

export interface Backoff {
  /** How long to wait before the next attempt; longer each time. */
  next(): number;
  reset(): void;
}

/**
 * Full jitter: a random part of a bound that doubles, so that agents that lost the same server at the same moment do
 * not come back at the same moment.
 */
export function createBackoff(random: () => number): Backoff {
  let boundMs = firstMs;
  return {
    next() {
      const delay = random() * boundMs;
      boundMs = Math.min(maxMs, boundMs * 2);
      return delay;
    },
    reset() {
      boundMs = firstMs;
    },
  };
}
