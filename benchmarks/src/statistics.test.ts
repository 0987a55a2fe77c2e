import { expect, it } from 'vitest';
import { median, pairedRatios, quartiles } from './statistics.ts';

it('finds the median of odd and even numbers of values', () => {
  expect(median([5, 1, 3])).toBe(3);
  expect(median([4, 1, 3, 2])).toBe(2.5);
});

it('finds quartiles between values', () => {
  expect(quartiles([1, 2, 3, 4, 5])).toEqual([2, 4]);
});

it('pairs runs in order and refuses a value without a partner', () => {
  expect(pairedRatios([2, 9], [1, 3])).toEqual([2, 3]);
  expect(() => pairedRatios([1], [])).toThrow();
});
