import { transform } from 'esbuild';
import { expect, it } from 'vitest';
import { guardModule as guardLines } from '../instrument/guard-module.ts';
import { fakeSourceFiles } from './fake-source-files.ts';
import { describeModule } from './loaded-module.ts';
import { concerns, locate } from './locate.ts';
import { ModuleRegistry } from './module-registry.ts';
import { guardModule } from './transform.ts';

const text = `// Orders.
export function total(order) {
  let sum = 0;

  for (const item of order.items) {
    sum += item.price
      * item.count;
  }
  // The end.
  return sum;
}
`;

function registryOf(texts: { readonly [path: string]: string }) {
  const files = fakeSourceFiles(texts);
  const registry = new ModuleRegistry({
    readText: files.readText,
    onDiagnostic: ({ message }) => {
      throw new Error(message);
    },
  });
  let id = 0;
  const load = (path: string, code = texts[path] ?? '', transformed = guardLines) => {
    id += 1;
    const url = `file://${path}`;
    const guarded = transformed({ code, moduleKind: 'module', moduleId: `m${id}` });
    const source = { path, url, moduleKind: 'module' as const, code: guarded.code };
    registry.add(describeModule(source, `m${id}`, { kind: 'guarded', module: guarded }, files.readText));
  };
  return { registry, files, load };
}

it('binds the guard of a line, by the end of the path', () => {
  const { registry, files, load } = registryOf({ '/app/src/orders.js': text });
  load('/app/src/orders.js');
  const found = locate(registry, files, { file: 'orders.js', line: 10 });
  expect(found).toMatchObject({
    kind: 'bound',
    file: '/app/src/orders.js',
    bindings: [{ original: { file: '/app/src/orders.js', line: 10, column: 3 }, generated: { line: 10, column: 3 } }],
  });
  const [binding] = found.kind === 'bound' ? found.bindings : [];
  expect(binding?.module.guarded?.sites[binding.siteId]).toMatchObject({ line: 10 });
});

it('knows which names a module could be meant by', () => {
  const { registry, files, load } = registryOf({ '/app/src/orders.js': text });
  load('/app/src/orders.js');
  const [module] = registry.modules;
  if (!module) throw new Error('nothing is loaded');
  const names = ['orders.js', 'src/orders.js', '/elsewhere/src/orders.js', 'other.js', 'lib/orders.js'];
  expect(names.filter((name) => concerns(registry, module, name, files))).toEqual(names.slice(0, 3));
});

it('binds every copy of a file', () => {
  const { registry, files, load } = registryOf({ '/app/src/orders.js': text });
  load('/app/src/orders.js');
  load('/app/src/orders.js');
  const found = locate(registry, files, { file: '/app/src/orders.js', line: 3 });
  expect(found.kind === 'bound' && found.bindings.map(({ module }) => module.moduleId)).toEqual(['m1', 'm2']);
});

it.each([
  [4, { above: 3, below: 5 }],
  [9, { above: 6, below: 10 }],
  [11, { above: 10 }],
  [500, { above: 10 }],
])('names the nearest lines with code around line %i', (line, nearest) => {
  const { registry, files, load } = registryOf({ '/app/src/orders.js': text });
  load('/app/src/orders.js');
  expect(locate(registry, files, { file: 'orders.js', line })).toEqual({
    kind: 'no-code',
    file: '/app/src/orders.js',
    nearest: expect.objectContaining(nearest),
  });
});

it('gives positions for a breakpoint where code has no guard', () => {
  const { registry, files, load } = registryOf({ '/app/src/orders.js': text });
  load('/app/src/orders.js');
  expect(locate(registry, files, { file: 'orders.js', line: 7 })).toMatchObject({
    kind: 'unguarded',
    reason: 'no-statement-starts-here',
    positions: [{ line: 7, column: 1 }],
    nearest: { above: 6, below: 10 },
  });
});

it('says why a file has no guards', () => {
  const { registry, files } = registryOf({ '/app/node_modules/dep/index.js': text });
  const path = '/app/node_modules/dep/index.js';
  registry.addOutside({ path, url: `file://${path}`, moduleKind: 'commonjs' });
  expect(locate(registry, files, { file: 'dep/index.js', line: 3, column: 3 })).toMatchObject({
    kind: 'unguarded',
    reason: 'outside-application',
    positions: [{ line: 3, column: 3 }],
  });
});

it('reports several files, and guesses none', () => {
  const { registry, files, load } = registryOf({ '/app/a/src/orders.js': text, '/app/b/src/orders.js': text });
  load('/app/a/src/orders.js');
  load('/app/b/src/orders.js');
  expect(locate(registry, files, { file: 'src/orders.js', line: 3 })).toEqual({
    kind: 'ambiguous',
    candidates: ['a/src/orders.js', 'b/src/orders.js'],
  });
  expect(locate(registry, files, { file: 'b/src/orders.js', line: 3 })).toMatchObject({ kind: 'bound' });
});

it('prefers the file whose whole path below the root was given', () => {
  const { registry, files, load } = registryOf({ '/app/orders.js': text, '/app/lib/orders.js': text });
  load('/app/orders.js');
  load('/app/lib/orders.js');
  expect(locate(registry, files, { file: 'orders.js', line: 3 })).toMatchObject({
    kind: 'bound',
    file: '/app/orders.js',
  });
});

it('accepts the path a file has on another machine', () => {
  const { registry, files, load } = registryOf({ '/app/src/orders.js': text });
  load('/app/src/orders.js');
  const file = 'C:\\work\\shop\\src\\orders.js';
  expect(locate(registry, files, { file, line: 3 })).toMatchObject({ kind: 'bound' });
});

it('tells a file that is not loaded yet from one that does not exist', () => {
  const { registry, files, load } = registryOf({ '/app/src/orders.js': text, '/app/src/prices.js': text });
  load('/app/src/orders.js');
  expect(locate(registry, files, { file: 'src/prices.js', line: 3 })).toEqual({
    kind: 'not-loaded',
    file: '/app/src/prices.js',
  });
  expect(locate(registry, files, { file: 'src/order.ts', line: 3 })).toEqual({
    kind: 'unknown',
    candidates: ['orders.js'],
    searchedAll: true,
  });
});

it('does not take a loaded file for one on disk that fits better', () => {
  const { registry, files, load } = registryOf({ '/app/src/orders.js': text, '/app/shop/src/orders.js': text });
  load('/app/src/orders.js');
  expect(locate(registry, files, { file: 'shop/src/orders.js', line: 3 })).toEqual({
    kind: 'not-loaded',
    file: '/app/shop/src/orders.js',
  });
});

const typed = `interface Order { items: { price: number }[] }

export function total(order: Order): number {
  const sum = order.items.map((item) => item.price).reduce((a, b) => a + b, 0);
  /* rounding */
  if (sum > 100) {
    return Math.floor(sum);
  }
  return sum;
}
`;

it.each([false, true])(
  'binds lines of the original behind an inline map, whitespace removed: %s',
  async (minifyWhitespace) => {
    const { registry, files, load } = registryOf({ '/app/src/total.ts': typed });
    const { code } = await transform(typed, {
      loader: 'ts',
      sourcefile: '/app/src/total.ts',
      sourcemap: 'inline',
      minifyWhitespace,
    });
    load('/app/src/total.ts', code, guardModule);
    for (const line of [4, 6, 7, 9]) {
      expect(locate(registry, files, { file: 'total.ts', line })).toMatchObject({
        kind: 'bound',
        bindings: [{ original: { line, file: '/app/src/total.ts' } }],
      });
    }
    expect(locate(registry, files, { file: 'total.ts', line: 5 })).toMatchObject({
      kind: 'no-code',
      nearest: { above: 4, below: 6 },
    });
  },
);

it('finds an original behind an external map, and the built file too', async () => {
  const { code, map } = await transform(typed, { loader: 'ts', sourcefile: '../src/total.ts', sourcemap: 'external' });
  const { registry, files, load } = registryOf({
    '/app/dist/total.js': `${code}//# sourceMappingURL=total.js.map\n`,
    '/app/dist/total.js.map': map,
    '/app/src/total.ts': typed,
  });
  load('/app/dist/total.js');
  expect(locate(registry, files, { file: 'src/total.ts', line: 7 })).toMatchObject({
    kind: 'bound',
    bindings: [{ original: { file: '/app/src/total.ts', line: 7, column: 5 }, generated: { line: 4 } }],
  });
  expect(locate(registry, files, { file: 'dist/total.js', line: 4 })).toMatchObject({
    kind: 'bound',
    bindings: [{ original: { file: '/app/dist/total.js', line: 4 } }],
  });
});

it('binds everything one line of the original became, once per function', async () => {
  const source = 'export const twice = [1, 2].map((n) => n + 1);\n';
  const { registry, files, load } = registryOf({ '/app/src/a.ts': source });
  // Two functions made from one line: what a compiler does with a template, by hand.
  const code = [
    'function one(x) {',
    '  return x;',
    '}',
    'function two(x) {',
    '  return x;',
    '}',
    '//# sourceMappingURL=data:application/json;charset=utf-8,' +
      encodeURIComponent(
        JSON.stringify({ version: 3, sources: ['a.ts'], names: [], mappings: 'AAAA;EAAA;;AAAA;EAAA' }),
      ),
  ].join('\n');
  load('/app/src/a.ts', code, guardModule);
  const found = locate(registry, files, { file: 'a.ts', line: 1 });
  expect(found.kind === 'bound' && found.bindings.map(({ generated }) => generated.line)).toEqual([2, 5]);
});
