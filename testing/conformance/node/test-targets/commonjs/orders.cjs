// The program that every language has: the behaviours of the core name its functions and its marks.
'use strict';
class Order {
  constructor(id, total) {
    this.id = id;
    this.total = total;
    this.status = 'open';
    this.items = [{ sku: 'cup', price: total }, { sku: 'lid', price: 0 }];
    this.reads = 0;
  }

  getId() {
    return this.id;
  }

  nextSequence() {
    this.reads += 1;
    return this.reads;
  }
}

function calculateTax(order) {
  return order.total > 1000 ? 0.2 : 0.1;
}

function submit(order, secret) {
  const apiToken = secret;
  const headers = new Map([['authorization', `Bearer ${secret}`], ['accept', 'text/plain']]);
  const account = { owner: 'Ada', password: secret, env: { DB_PASSWORD: secret, LANG: 'en' } };
  const gross = order.total * (1 + calculateTax(order)); // probe: gross
  return { gross, reads: order.reads, sizes: [apiToken, headers, account].length };
}

function checkout(id, total, secret = 'none') {
  const order = new Order(id, total);
  const result = submit(order, secret); // probe: call
  return result; // probe: result
}

function checkoutMany(count) {
  let sum = 0;
  for (let index = 0; index < count; index += 1) {
    const { gross } = checkout(`o-${index}`, index);
    sum += gross;
  }
  return sum;
}

// A line without code: // probe: blank

module.exports = { checkout, checkoutMany };
