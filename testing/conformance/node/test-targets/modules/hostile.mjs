let ran = 0;
const trap = () => {
  ran += 1;
  throw new Error('a trap');
};
const traps = Object.fromEntries(Reflect.ownKeys(Reflect).filter((name) => typeof name === 'string').map((name) => [name, trap]));

const makers = {
  'throwing getter': () => ({ plain: 1, get bad() { return trap(); }, toJSON: trap, toString: trap, [Symbol.iterator]: trap, [Symbol.toPrimitive]: trap, get [Symbol.toStringTag]() { return trap(); } }),
  'counting getter': () => ({ get counted() { ran += 1; return ran; } }),
  'proxy with throwing traps': () => new Proxy({ plain: 1 }, traps),
  'proxy of a function': () => new Proxy(() => {}, traps),
  'proxy as a prototype': () => Object.create(new Proxy({}, traps)),
  'revoked proxy': () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  },
  'cyclic graph': () => {
    const node = { name: 'a', next: { name: 'b' } };
    node.next.next = node;
    node.all = [node, node.next, new Map([[node, node]]), new Set([node])];
    return node;
  },
  'string of 100 MB': () => `${'x'.repeat(1024)}é`.repeat(97_560),
  'map of a million entries': () => new Map(Array.from({ length: 1_000_000 }, (_, index) => [index, { index }])),
  'object of 100,000 fields': () => Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`field${index}`, index])),
  'array of ten million elements': () => new Array(10_000_000).fill(7),
  'holes': () => { const holes = []; holes[4_000_000_000] = 1; return holes; },
  'deep chain': () => { let chain = {}; for (let index = 0; index < 100_000; index += 1) chain = { chain }; return chain; },
  'map with an iterator of its own': () => Object.defineProperties(Object.assign(new Map([[1, 2]]), { [Symbol.iterator]: trap, entries: trap, forEach: trap }), { size: { get: trap } }),
  'error whose parts throw': () => Object.defineProperties(new Error('x'), { message: { get: trap }, stack: { get: trap }, name: { get: trap }, cause: { get: trap } }),
  'class whose name throws': () => new (class { static get name() { return trap(); } })(),
  'date and pattern that were changed': () => [Object.assign(new Date(NaN), { toISOString: trap, getTime: trap, valueOf: trap }), Object.assign(/x/, { toString: trap, exec: trap })],
  'bytes': () => [new Uint8Array(50_000_000), new SharedArrayBuffer(16), new DataView(new ArrayBuffer(8))],
  'thenable': () => ({ get then() { return trap(); } }),
  'promise that was rejected': () => { const promise = Promise.reject(new Error('handled later')); promise.catch(() => {}); return promise; },
  'nothing': () => Object.create(null),
  'symbol and bigint': () => [Symbol('s'), 10n ** 4_000n, -0, Number.NaN],
};

export function hostileKinds() {
  return Object.keys(makers);
}

export function hostile(kind) {
  ran = 0;
  const value = makers[kind]();
  const result = `${kind} went on`; // probe: hostile
  void value;
  return { ran, result };
}
