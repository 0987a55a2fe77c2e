class Order {
  constructor(id, total) {
    this.id = id;
    this.total = total;
    this.items = [{ sku: 'cup', price: total }];
    this.reads = 0;
  }

  getId() {
    return `o-${this.id}`;
  }

  nextSequence() {
    this.reads += 1;
    return this.reads;
  }
}

// A comment is no code.
export function checkout(count, secret) {
  const order = new Order(count, count * 10);
  const password = secret;
  const account = { owner: 'Ada', password, apiKey: secret, session: { token: secret } };
  const lines = order.items.length + account.owner.length; // probe: taken
  return lines;
}

export function neverCalled() {
  return 1; // probe: never
}
