'use strict';

/** Resolves when a line comes on standard input: the moment from which on probes may stand. Then the input is let go. */
exports.go = () =>
  new Promise((resolve) => {
    process.stdin.once('data', () => {
      process.stdin.destroy();
      resolve();
    });
  });

class Order {
  constructor(total) {
    this.total = total;
    this.items = new Map([['cup', 2], ['lid', 1]]);
  }

  getTotal() {
    return this.total;
  }
}

exports.work = (total) => {
  const order = new Order(total);
  const doubled = order.getTotal() * 2; // probe: hit
  return doubled;
};
