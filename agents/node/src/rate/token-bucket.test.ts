import { expect, it } from 'vitest';
import { TokenBucket } from './token-bucket.ts';

it('lets a burst of one second through and then the rate', () => {
  const bucket = new TokenBucket(10, 0);
  const burst = Array.from({ length: 12 }, () => bucket.take(0));
  expect(burst.filter(Boolean)).toHaveLength(10);
  expect(bucket.take(99)).toBe(false);
  expect(bucket.take(101)).toBe(true);
  expect(bucket.take(102)).toBe(false);
});

it('lets less than one a second through', () => {
  const bucket = new TokenBucket(0.5, 0);
  expect(bucket.take(0)).toBe(true);
  expect(bucket.take(1_999)).toBe(false);
  expect(bucket.take(2_001)).toBe(true);
});

it('does not save up more than a second', () => {
  const bucket = new TokenBucket(5, 0);
  for (let i = 0; i < 5; i++) bucket.take(0);
  const later = Array.from({ length: 20 }, () => bucket.take(3_600_000));
  expect(later.filter(Boolean)).toHaveLength(5);
});

it('gives a part when there is less than was asked for', () => {
  const bucket = new TokenBucket(10, 0);
  expect([bucket.takeUpTo(0, 7), bucket.takeUpTo(0, 7), bucket.takeUpTo(0, 7)]).toEqual([7, 3, 0]);
  expect(bucket.takeUpTo(250, 7)).toBe(2);
});
