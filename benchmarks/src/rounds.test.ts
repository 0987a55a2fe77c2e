import { expect, it } from 'vitest';
import { interleave } from './rounds.ts';

it('turns the order round in each round and keeps the results of each piece in order', async () => {
  const order: string[] = [];
  const piece = (name: string) => async () => order.push(name);
  const results = await interleave(
    new Map([
      ['a', piece('a')],
      ['b', piece('b')],
    ]),
    3,
  );
  expect(order.join('')).toBe('abbaab');
  expect(results.get('a')).toEqual([1, 4, 5]);
  expect(results.get('b')).toEqual([2, 3, 6]);
});
