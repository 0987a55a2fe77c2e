import { expect, test } from 'vitest';
import { Order } from './order.ts';

function newOrder(): Order {
  return new Order({
    number: 12,
    reference: 'r-12',
    customer: { name: 'Ada Weber', email: 'ada@example.com', country: 'DE', password: 'secret' },
    payment: { cardHolder: 'Ada Weber', cardNumber: '4111111111111111', cvc: '123', apiToken: 'token' },
    currency: 'EUR',
    items: [{ sku: 'BK-101', name: 'Field guide', quantity: 2, unitPrice: 24.9, taxClass: 'reduced' }],
  });
}

test('an order is known by its number and starts as received', () => {
  const order = newOrder();
  expect([order.getId(), order.getStatus(), order.total]).toEqual(['ord-12', 'received', 0]);
});

test('each thing that happens to an order gets the next number', () => {
  const order = newOrder();
  expect([order.nextSequence(), order.nextSequence(), newOrder().nextSequence()]).toEqual([1, 2, 1]);
});

test('an order describes itself by its items', () => {
  const order = newOrder();
  expect(order.describe()).toBe('2 x Field guide');
  expect(order.describe()).toBe(order.describe());
});
