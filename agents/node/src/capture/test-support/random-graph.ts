/** A source of numbers in [0, 1) that a seed repeats (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const names = [
  'id',
  'total',
  'password',
  'name',
  'value',
  'length',
  'constructor',
  'then',
  'a.b',
  'ключ',
  'x'.repeat(300),
];
const texts = ['', 'plain', 'quote " and \\', 'tab\t\n', 'é€', '😀😀', '\ud800 lone', 'x'.repeat(3_000)];

/** Builds a graph for tests with everything that may go wrong in it. `ran` is called by any code of the graph. */
export function randomGraph(random: () => number, ran: () => never): unknown {
  const made: object[] = [];
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const key = (): PropertyKey => (random() < 0.1 ? Symbol(pick(names)) : pick(names));
  const traps = new Proxy({}, { get: () => ran });

  function primitive(): unknown {
    const number = random() * 1e6 - 5e5;
    return pick([
      undefined,
      null,
      true,
      number,
      Math.trunc(number),
      -0,
      Number.NaN,
      10n ** 20n,
      Symbol('s'),
      pick(texts),
    ]);
  }

  function fill(target: object, depth: number): object {
    made.push(target);
    const count = Math.floor(random() * 6);
    for (let index = 0; index < count; index += 1) {
      const descriptor: PropertyDescriptor =
        random() < 0.15 ? { get: ran, set: ran } : { value: build(depth - 1), writable: true };
      const name = key();
      // Defining the length of an array converts what it is given, and so would run the graph while it is made.
      if (Array.isArray(target) && name === 'length') continue;
      Reflect.defineProperty(target, name, { ...descriptor, enumerable: random() < 0.9, configurable: true });
    }
    if (random() < 0.05) Reflect.setPrototypeOf(target, pick([null, new Proxy({}, traps), pick(made)]));
    return random() < 0.1 ? Object.freeze(target) : target;
  }

  function container(depth: number): object {
    switch (Math.floor(random() * 14)) {
      case 0:
        return fill(
          Array.from({ length: Math.floor(random() * 5) }, () => build(depth - 1)),
          depth,
        );
      case 1:
        return fill(new Map([[build(depth - 1), build(depth - 1)]]), depth);
      case 2:
        return fill(new Set([build(depth - 1)]), depth);
      case 3:
        return fill(new Error(pick(texts), { cause: build(depth - 1) }), depth);
      case 4:
        return new Proxy(fill({}, depth), traps as ProxyHandler<object>);
      case 5: {
        const { proxy, revoke } = Proxy.revocable({}, {});
        revoke();
        return proxy;
      }
      case 6:
        return fill(
          pick([new Date(Number.NaN), new Date(0), /x/g, Promise.resolve(), Object('boxed'), Object(1)]),
          depth,
        );
      case 7:
        return pick<object>([
          Buffer.from('abc'),
          new Float32Array(3),
          new ArrayBuffer(2),
          new DataView(new ArrayBuffer(1)),
        ]);
      case 8:
        return pick<object>([() => ran(), class Made {}, async () => ran(), Math.max]);
      default:
        return fill(random() < 0.2 ? Object.create(null) : new (class Node {})(), depth);
    }
  }

  function build(depth: number): unknown {
    if (made.length > 0 && random() < 0.1) return pick(made);
    return depth <= 0 || random() < 0.4 ? primitive() : container(depth);
  }

  return build(6);
}
