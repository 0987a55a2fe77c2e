import { InvalidArgumentError } from 'commander';

const units: { readonly [unit: string]: number } = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Reads `500ms`, `60s`, `10m`, `1.5h` or `7d` into milliseconds. */
export function parseDuration(text: string): number {
  const { amount, unit = '' } = /^(?<amount>\d+(?:\.\d+)?)(?<unit>ms|s|m|h|d)$/.exec(text)?.groups ?? {};
  const factor = units[unit];
  if (amount === undefined || factor === undefined)
    throw new InvalidArgumentError('Say a number and a unit: 500ms, 60s, 10m, 1h, 7d.');
  const durationMs = Math.round(Number(amount) * factor);
  if (durationMs < 1) throw new InvalidArgumentError('It must be longer than nothing.');
  return durationMs;
}
