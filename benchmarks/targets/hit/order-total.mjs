// What is timed. `handWritten` is imported for the copies into which a statement is written by hand.
import * as handWritten from './hand-written.mjs';

const prices = Array.from({ length: 1024 }, (_, index) => 995 + ((index * 7919) % 24_000));

/** The least that a function can do, so that whatever is added to it shows. */
export function orderTotal(order, price) {
  const total = (order & 7) * price;
  return total; // probe: total
}

/**
 * Calls it once for each order; the sum shows that nothing was left out. It stays a 32-bit integer, so that no variant's
 * loop is compiled again on the way for having become a double.
 */
export function addUp(firstOrder, count) {
  let sum = 0;
  const end = firstOrder + count;
  for (let order = firstOrder; order < end; order++) sum = (sum + orderTotal(order, prices[order & 1023])) | 0;
  return sum;
}

/** With a price that is beyond all bounds. */
export function exceed(count) {
  for (let order = 1; order <= count; order++) orderTotal(order, 1e15);
}

export { handWritten };
