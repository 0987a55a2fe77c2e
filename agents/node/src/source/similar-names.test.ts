import { expect, it } from 'vitest';
import { similarNames } from './similar-names.ts';

const files = ['/app/src/orders.ts', '/app/src/order-total.ts', '/app/lib/order.js', '/app/cart.ts', '/app/border.ts'];

it.each([
  ['ordres.ts', ['/app/lib/order.js', '/app/src/orders.ts']],
  ['src/order.ts', ['/app/lib/order.js', '/app/border.ts', '/app/src/orders.ts']],
  ['C:\\shop\\Cart.tsx', ['/app/cart.ts']],
  ['payments.ts', []],
])('for %s', (name, similar) => {
  expect(similarNames(name, files)).toEqual(similar);
});
