// The functions of the language that read only their arguments, held by identity from the time the agent loads.

type Callable = (...args: never[]) => unknown;

function pick(source: object, names: readonly string[]): { readonly [name: string]: Callable } {
  const picked: { [name: string]: Callable } = {};
  for (const name of names) {
    const method = Reflect.getOwnPropertyDescriptor(source, name)?.value;
    // A Node that does not have the method yet leaves it to the sandbox.
    if (typeof method === 'function') picked[name] = method as Callable;
  }
  return picked;
}

export const pureMethods = {
  // Without repeat and padStart, which make a string as long as they are told; without split, replace and match, which
  // ask their argument's prototype for a method.
  string: pick(String.prototype, [
    ...['startsWith', 'endsWith', 'includes', 'indexOf', 'lastIndexOf', 'slice', 'substring', 'at', 'charAt'],
    ...['charCodeAt', 'codePointAt', 'trim', 'trimStart', 'trimEnd', 'toUpperCase', 'toLowerCase', 'toString'],
  ]),
  array: pick(Array.prototype, [
    ...['includes', 'indexOf', 'at', 'join', 'some', 'every', 'find', 'findIndex', 'findLast', 'filter', 'map'],
  ]),
  map: pick(Map.prototype, ['get', 'has']),
  set: pick(Set.prototype, ['has']),
  date: pick(Date.prototype, ['getTime', 'toISOString', 'valueOf']),
} as const;

interface PureStatic {
  readonly owner: object;
  readonly name: string;
  readonly method: Callable;
  readonly takes: 'primitives' | 'anything';
}

function statics(
  prefix: string,
  owner: object,
  names: readonly string[],
  takes: PureStatic['takes'],
): readonly (readonly [string, PureStatic])[] {
  const found = pick(owner, names);
  return names.flatMap((name) => {
    const method = found[name];
    return method === undefined ? [] : [[prefix + name, { owner, name, method, takes }] as const];
  });
}

export const pureStatics: { readonly [path: string]: PureStatic } = Object.fromEntries([
  ...statics(
    'Math.',
    Math,
    [
      ...['abs', 'ceil', 'floor', 'round', 'trunc', 'sign', 'min', 'max', 'sqrt', 'cbrt', 'pow', 'hypot'],
      ...['log', 'log2', 'log10', 'exp'],
    ],
    'primitives',
  ),
  ...statics('Number.', Number, ['isInteger', 'isFinite', 'isNaN', 'isSafeInteger', 'parseFloat'], 'primitives'),
  ...statics('Array.', Array, ['isArray'], 'anything'),
  ...statics('Object.', Object, ['keys', 'is', 'hasOwn'], 'anything'),
  ...statics('Date.', Date, ['now'], 'primitives'),
  ...statics('', globalThis, ['Number', 'String', 'parseInt', 'parseFloat', 'isNaN', 'isFinite'], 'primitives'),
  ...statics('', globalThis, ['Boolean'], 'anything'),
]);

/** Global names that an expression may use where the line has no variable of that name. */
export const pureGlobals: ReadonlySet<string> = new Set([
  ...['undefined', 'NaN', 'Infinity', 'Math', 'Number', 'String', 'Boolean', 'Array', 'Object', 'Date'],
  ...['parseInt', 'parseFloat', 'isNaN', 'isFinite'],
]);
