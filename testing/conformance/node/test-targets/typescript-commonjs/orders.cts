// The program that every language has, with types in every place where a compiler may drop or move lines.
interface Item {
  readonly sku: string;
  readonly price: number;
}

type Status =
  | 'open'
  | 'paid';

class Order {
  readonly id: string;
  readonly total: number;
  status: Status = 'open';
  reads = 0;
  readonly items: readonly Item[];

  constructor(id: string, total: number) {
    this.id = id;
    this.total = total;
    this.items = [{ sku: 'cup', price: total }, { sku: 'lid', price: 0 }];
  }

  getId(): string {
    return this.id;
  }

  nextSequence(): number {
    this.reads += 1;
    return this.reads;
  }
}

function calculateTax(order: Order): number {
  return order.total > 1000 ? 0.2 : 0.1;
}

interface Result {
  readonly gross: number;
  readonly reads: number;
  readonly sizes: number;
}

function submit(order: Order, secret: string): Result {
  const apiToken = secret;
  const headers = new Map<string, string>([['authorization', `Bearer ${secret}`], ['accept', 'text/plain']]);
  const account = { owner: 'Ada', password: secret, env: { DB_PASSWORD: secret, LANG: 'en' } } as const;
  const gross: number = order.total * (1 + calculateTax(order)); // probe: gross
  return { gross, reads: order.reads, sizes: [apiToken, headers, account].length };
}

function checkout(id: string, total: number, secret = 'none'): Result {
  const order = new Order(id, total);
  const result = submit(order, secret) satisfies Result; // probe: call
  return result; // probe: result
}

function checkoutMany(count: number): number {
  let sum = 0;
  for (let index = 0; index < count; index += 1) {
    const { gross } = checkout(`o-${index}`, index);
    sum += gross;
  }
  return sum;
}

// A line without code: // probe: blank

module.exports = { checkout, checkoutMany };
