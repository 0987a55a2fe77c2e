import { expect, it } from 'vitest';
import { createBackoff } from './backoff.ts';

it('doubles its bound from half a second to thirty', () => {
  const backoff = createBackoff(() => 1);
  const delays = Array.from({ length: 9 }, () => backoff.next());
  expect(delays).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
});

it('takes a random part of the whole bound', () => {
  const parts = [0, 0.25, 0.5];
  const backoff = createBackoff(() => parts.shift() ?? 0);
  expect([backoff.next(), backoff.next(), backoff.next()]).toEqual([0, 250, 1_000]);
});

it('starts again after a success', () => {
  const backoff = createBackoff(() => 1);
  backoff.next();
  backoff.next();
  backoff.reset();
  expect(backoff.next()).toBe(500);
});
