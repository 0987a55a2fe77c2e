/** Digits in groups of three: `1,204`. */
export function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

/** `1 hit`, `1,204 hits`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

const spans = [
  { ms: 86_400_000, unit: 'd' },
  { ms: 3_600_000, unit: 'h' },
  { ms: 60_000, unit: 'min' },
  { ms: 1_000, unit: 's' },
] as const;

/** A length of time in its largest unit, rounded: `59 min`. */
export function lasting(durationMs: number): string {
  // An hour that began a moment ago still reads as an hour.
  for (const { ms, unit } of spans) if (durationMs >= ms * 0.99) return `${Math.round(durationMs / ms)} ${unit}`;
  return `${Math.max(0, Math.round(durationMs))} ms`;
}

/** A short time in the unit that suits it: `2 ns`, `50 µs`. */
export function brief(durationNs: number): string {
  if (durationNs >= 1e6) return `${significant(durationNs / 1e6)} ms`;
  if (durationNs >= 1e3) return `${significant(durationNs / 1e3)} µs`;
  return `${significant(durationNs)} ns`;
}

function significant(value: number): string {
  return String(Number(value.toPrecision(2)));
}

/** Date and time of day to the millisecond in that zone: `2026-11-22 18:20:01.123`. */
export function instant(timeMs: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
  }).formatToParts(timeMs);
  const { year, month, day, hour, minute, second, fractionalSecond } = Object.fromEntries(
    parts.map(({ type, value }) => [type, value]),
  );
  return `${year}-${month}-${day} ${hour}:${minute}:${second}.${fractionalSecond}`;
}

export function timeOfDay(timeMs: number, timeZone: string): string {
  return instant(timeMs, timeZone).slice(11);
}
