import { expect, test } from 'vitest';
import { Cart } from './cart.ts';
import { Carts } from './carts.ts';

function cartsWith(maxCarts: number): Carts {
  let last = 0;
  const nextId = () => {
    last += 1;
    return `cart-${last}`;
  };
  return new Carts(nextId, maxCarts);
}

test('the same product twice is one item of the summed quantity', () => {
  const cart = new Cart('c', 'EUR');
  cart.add('BK-101', 2);
  cart.add('OF-402', 1);
  cart.add('BK-101', 3);
  expect(cart.items).toEqual([
    { sku: 'BK-101', quantity: 5 },
    { sku: 'OF-402', quantity: 1 },
  ]);
});

test('every change of the items is a new revision, a coupon is none', () => {
  const cart = new Cart('c', 'EUR');
  expect([cart.isEmpty(), cart.revision]).toEqual([true, 0]);
  cart.add('BK-101', 2);
  cart.coupon = { code: 'SPRING20', rate: 0.2, minimumSpend: 0 };
  expect([cart.isEmpty(), cart.revision]).toEqual([false, 1]);
});

test('a cart is found until it is closed', () => {
  const carts = cartsWith(5);
  const cart = carts.open('USD');
  expect(carts.find(cart.id)).toBe(cart);
  carts.close(cart);
  expect(() => carts.find(cart.id)).toThrow(expect.objectContaining({ code: 'unknown-cart' }));
});

test('one cart too many gives up the oldest', () => {
  const carts = cartsWith(2);
  const [first, second, third] = [carts.open('EUR'), carts.open('EUR'), carts.open('EUR')];
  expect(() => carts.find(first.id)).toThrow('no cart cart-1');
  expect([carts.find(second.id), carts.find(third.id)]).toEqual([second, third]);
});
