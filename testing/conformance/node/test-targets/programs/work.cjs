'use strict';

let rest = '';

/**
 * Resolves when a line comes on standard input: the moment from which on probes may stand. Then the input is let go,
 * unless the program says that it waits again.
 */
exports.go = (again = false) =>
  new Promise((resolve) => {
    const take = (text) => {
      rest += text;
      const end = rest.indexOf('\n');
      if (end < 0) return;
      rest = rest.slice(end + 1);
      process.stdin.off('data', take);
      if (again) process.stdin.pause();
      else process.stdin.destroy();
      resolve();
    };
    process.stdin.on('data', take).resume();
    take('');
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
