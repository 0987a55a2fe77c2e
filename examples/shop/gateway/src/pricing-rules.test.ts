import { describe, expect, test } from 'vitest';
import { applyCoupon, bulkRule, oversizeRule } from './pricing-rules.ts';
import type { Adjustment, Quote } from './quote.ts';

const line = (sku: string, quantity: number, unitPrice: number) =>
  ({ sku, name: sku, quantity, unitPrice, taxClass: 'standard' }) as const;
const quoteOf = (subtotal: number, adjustments: Adjustment[], currency: Quote['currency'] = 'EUR'): Quote => ({
  currency,
  lines: [line('A', 1, subtotal)],
  subtotal,
  adjustments,
});
const bulk: Adjustment = { kind: 'bulk', label: 'Bulk discount', amount: -100 };
const oversize: Adjustment = { kind: 'oversize', label: 'Oversize handling', amount: 13 };
const spring = { code: 'SPRING20', rate: 0.2, minimumSpend: 0 };

describe('bulk discount', () => {
  const rule = bulkRule([
    { from: 10, rate: 0.08 },
    { from: 25, rate: 0.15 },
  ]);

  test('the highest tier that a quantity reaches counts, for each line by itself', () => {
    expect(rule([line('A', 9, 10)])).toBeUndefined();
    expect(rule([line('A', 10, 10)])?.amount).toBe(-8);
    expect(rule([line('A', 24, 10)])?.amount).toBe(-19.2);
    expect(rule([line('A', 25, 10), line('B', 10, 1), line('C', 1, 500)])?.amount).toBe(-38.3);
  });
});

describe('oversize charge', () => {
  test('each oversize piece is charged and other pieces are not', () => {
    const rule = oversizeRule(6.5, (sku) => sku === 'DESK');
    expect(rule([line('DESK', 3, 500), line('PEN', 10, 1)])?.amount).toBe(19.5);
    expect(rule([line('PEN', 10, 1)])).toBeUndefined();
  });
});

describe('coupon', () => {
  const amounts = (quote: Quote) => quote.adjustments.map(({ kind, amount }) => [kind, amount]);

  test('it takes its part off the goods and not off the charges, which follow it', () => {
    expect(amounts(applyCoupon(quoteOf(500, []), spring))).toEqual([['coupon', -100]]);
    expect(amounts(applyCoupon(quoteOf(500, [oversize]), spring))).toEqual([
      ['coupon', -100],
      ['oversize', 13],
    ]);
  });

  test('after a bulk discount it counts on what is left', () => {
    expect(amounts(applyCoupon(quoteOf(500, [bulk, oversize]), spring))).toEqual([
      ['bulk', -100],
      ['coupon', -80],
      ['oversize', 13],
    ]);
  });

  test('below its minimum spend, which is converted, it does nothing', () => {
    const club = { code: 'CLUB25', rate: 0.25, minimumSpend: 60 };
    expect(amounts(applyCoupon(quoteOf(59.99, []), club))).toEqual([]);
    expect(amounts(applyCoupon(quoteOf(60, []), club))).toEqual([['coupon', -15]]);
    expect(amounts(applyCoupon(quoteOf(60, [], 'USD'), club))).toEqual([]);
    expect(amounts(applyCoupon(quoteOf(51.6, [], 'GBP'), club))).toEqual([['coupon', -12.9]]);
  });
});
