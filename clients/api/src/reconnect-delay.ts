const firstMs = 500;
const longestMs = 30_000;

/** Full jitter: many clients that lost the same server must not all return in the same moment. */
export function reconnectDelayMs(failures: number, random: () => number): number {
  return random() * Math.min(longestMs, firstMs * 2 ** Math.min(failures - 1, 10));
}
