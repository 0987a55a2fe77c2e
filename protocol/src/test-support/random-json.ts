const awkwardKeys = ['__proto__', 'constructor', 'toString', 'kind', 'type', 'message', ''];
const awkwardScalars = [
  null,
  true,
  false,
  0,
  -0,
  -1,
  0.5,
  1e21,
  9_007_199_254_740_992,
  '',
  '1',
  'a\n',
  '\ud800',
  '__proto__',
];

/** Any JSON value, given to nesting no deeper than `depth`. */
export function randomJson(random: () => number, depth: number): unknown {
  const choice = depth > 0 ? random() : 1;
  if (choice < 0.25) return list(random, () => randomJson(random, depth - 1));
  if (choice < 0.6) return randomObject(random, depth);
  if (choice < 0.8) return Math.floor(random() * 1_000) - 100;
  return pick(random, awkwardScalars);
}

function randomObject(random: () => number, depth: number): unknown {
  const result = {};
  for (const key of list(random, () => pick(random, awkwardKeys))) {
    const value = randomJson(random, depth - 1);
    Object.defineProperty(result, key, { value, enumerable: true, configurable: true, writable: true });
  }
  return result;
}

/** A copy of a JSON value with one part of it taken away, doubled, or put in place of something random. */
export function mutateJson(value: unknown, random: () => number): unknown {
  const copy = structuredClone(value);
  const places = containersOf(copy).flatMap((container) => Object.keys(container).map((key) => ({ container, key })));
  if (places.length === 0) return randomJson(random, 2);
  const { container, key } = pick(random, places);
  if (random() < 0.3 && !Array.isArray(container)) delete container[key];
  else if (random() < 0.3 && Array.isArray(container)) container.push(container[Number(key)]);
  else set(container, key, randomJson(random, 2));
  return copy;
}

type Container = { [key: string]: unknown };

function containersOf(value: unknown): readonly Container[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value as Container, ...Object.values(value).flatMap(containersOf)];
}

/** Plain assignment to `__proto__` would change the prototype instead of a key. */
function set(container: Container, key: string, value: unknown): void {
  Object.defineProperty(container, key, { value, enumerable: true, configurable: true, writable: true });
}

function list<T>(random: () => number, item: () => T): T[] {
  return Array.from({ length: Math.floor(random() * 5) }, item);
}

export function pick<T>(random: () => number, choices: readonly T[]): T {
  return choices[Math.floor(random() * choices.length)] as T;
}
