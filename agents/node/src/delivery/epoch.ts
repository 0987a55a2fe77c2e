/**
 * Turns readings of `performance.now()` into nanoseconds since 1970, as text. The origin is read once: events of one
 * process stay in order even when somebody sets the machine's clock.
 */
export function epochNs(timeOriginMs: number): (atMs: number) => string {
  const originMicros = BigInt(Math.round(timeOriginMs * 1_000));
  return (atMs) => `${originMicros + BigInt(Math.round(atMs * 1_000))}000`;
}
