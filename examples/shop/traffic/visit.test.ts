import { expect, test } from 'vitest';
import { planVisit } from './visit.ts';

const skus = ['A', 'B', 'C', 'D', 'E', 'F'];
const plan = (seed: number, count: number) => Array.from({ length: count }, (_, index) => planVisit(seed, index, skus));

test('a seed always plans the same visits, and another seed others', () => {
  expect(plan(3, 50)).toEqual(plan(3, 50));
  expect(plan(3, 50).map(({ card }) => card)).not.toEqual(plan(4, 50).map(({ card }) => card));
});

test('visits of all kinds are planned', () => {
  const visits = plan(19, 400);
  expect(new Set(visits.map(({ currency }) => currency))).toEqual(new Set(['EUR', 'GBP', 'USD']));
  expect(new Set(visits.map(({ previews }) => previews))).toEqual(new Set([0, 1, 2]));
  expect(new Set(visits.map(({ coupon }) => coupon))).toEqual(new Set([undefined, 'SPRING20', 'CLUB25']));
  expect(visits.some(({ items }) => items.some(({ quantity }) => quantity >= 25))).toBe(true);
});

test('every card number passes the Luhn check', () => {
  for (const { card } of plan(19, 100)) {
    const doubled = [...card.cardNumber].toReversed().map((digit, place) => Number(digit) * (place % 2 === 0 ? 1 : 2));
    const sum = doubled.reduce((total, value) => total + (value > 9 ? value - 9 : value), 0);
    expect(card.cardNumber).toMatch(/^4\d{15}$/);
    expect(sum % 10).toBe(0);
  }
});
