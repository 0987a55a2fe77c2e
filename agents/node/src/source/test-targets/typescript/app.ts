import type { Order } from './order.mts';
import { total } from './order.mts';
import { tax } from './tax.cts';

function run(order: Order): number {
  /* probe */
  return total(order) + tax(order.items.length);
}
console.log('typescript', run({ items: [1, 2] }));
