import { expect, test } from 'vitest';
import { calculateTax, type Taxable } from './tax.ts';

const item = (quantity: number, unitPrice: number, taxClass: 'standard' | 'reduced') => ({
  quantity,
  unitPrice,
  taxClass,
});

test('an order of one tax class has the rate of that class in the country of the customer', () => {
  const rate = (country: Taxable['customer']['country'], taxClass: 'standard' | 'reduced') =>
    calculateTax({ customer: { country }, items: [item(3, 20, taxClass)] });
  expect(rate('DE', 'standard')).toBe(0.19);
  expect(rate('DE', 'reduced')).toBe(0.07);
  expect(rate('FR', 'reduced')).toBe(0.055);
  expect(rate('US', 'standard')).toBe(0);
});

test('the rate of a mixed order weighs its items by their value', () => {
  const items = [item(1, 300, 'standard'), item(10, 10, 'reduced')];
  expect(calculateTax({ customer: { country: 'DE' }, items })).toBe(0.16);
});

test('an order of nothing is taxed at nothing', () => {
  expect(calculateTax({ customer: { country: 'DE' }, items: [] })).toBe(0);
  expect(calculateTax({ customer: { country: 'DE' }, items: [item(2, 0, 'standard')] })).toBe(0);
});

test('calculating the tax changes nothing in a frozen order', () => {
  const order: Taxable = Object.freeze({
    customer: Object.freeze({ country: 'NL' as const }),
    items: Object.freeze([Object.freeze(item(2, 12.5, 'standard'))]),
  });
  expect(calculateTax(order)).toBe(calculateTax(order));
});
