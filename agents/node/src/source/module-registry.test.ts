import { expect, it } from 'vitest';
import type { LoadedModule } from './loaded-module.ts';
import type { SourceDiagnostic } from './loaded-source.ts';
import { ModuleRegistry } from './module-registry.ts';

const module = (path: string, more: Partial<LoadedModule> = {}): LoadedModule => ({
  path,
  url: `file://${path}`,
  moduleKind: 'module',
  moduleId: 'm1',
  sourceMapUrl: null,
  ...more,
});

function setUp(texts: { readonly [path: string]: string } = {}) {
  const diagnostics: SourceDiagnostic[] = [];
  const reads: string[] = [];
  const registry = new ModuleRegistry({
    readText: (path) => {
      reads.push(path);
      return texts[path];
    },
    onDiagnostic: (diagnostic) => diagnostics.push(diagnostic),
  });
  return { registry, diagnostics, reads };
}

it('keeps copies of a file apart, in the order of loading', () => {
  const { registry } = setUp();
  registry.add(module('/app/a.js'));
  registry.add(module('/app/b.js'));
  registry.add(module('/app/a.js', { moduleId: 'm3' }));
  expect(registry.modules.map(({ path, order }) => `${order} ${path}`)).toEqual([
    '1 /app/a.js',
    '2 /app/b.js',
    '3 /app/a.js',
  ]);
});

it('knows a dependency once, and files without guards apart', () => {
  const { registry } = setUp();
  const guarded = { functions: [], sites: [], moduleNames: [], frames: [], skipped: [] };
  registry.add(module('/app/a.js', { guarded }));
  registry.addOutside({ path: '/lib/b.js', url: 'file:///lib/b.js', moduleKind: 'commonjs' });
  registry.addOutside({ path: '/lib/b.js', url: 'file:///lib/b.js', moduleKind: 'commonjs' });
  registry.add(module('/app/c.js', { failure: 'minified' }));
  expect(registry.unguarded().map(({ path, failure }) => [path, failure])).toEqual([
    ['/lib/b.js', 'outside-application'],
    ['/app/c.js', 'minified'],
  ]);
});

it('tells who waits for a file, until they stop', () => {
  const { registry } = setUp();
  const seen: string[] = [];
  const stop = registry.onAdded(({ path }) => seen.push(path));
  registry.add(module('/app/a.js'));
  stop();
  registry.add(module('/app/b.js'));
  expect(seen).toEqual(['/app/a.js']);
});

it('reads a map when it is asked for, once', () => {
  const { registry, reads } = setUp({
    '/app/a.js.map': '{"version":3,"sources":["a.ts"],"names":[],"mappings":"AAAA"}',
  });
  registry.add(module('/app/a.js', { sourceMapUrl: 'a.js.map' }));
  expect(reads).toEqual([]);
  const [added] = registry.modules;
  expect(added && registry.sourceMap(added)?.resolvedSources).toEqual(['file:///app/a.ts']);
  expect(added && registry.sourceMap(added)?.resolvedSources).toEqual(['file:///app/a.ts']);
  expect(reads).toEqual(['/app/a.js.map']);
});

it('reports a broken map once, and goes on without it', () => {
  const { registry, diagnostics } = setUp();
  registry.add(module('/app/a.js', { sourceMapUrl: 'data:application/json,{' }));
  const [added] = registry.modules;
  expect(added && [registry.sourceMap(added), registry.sourceMap(added)]).toEqual([undefined, undefined]);
  expect(diagnostics).toMatchObject([{ code: 'source-map-broken', path: '/app/a.js' }]);
});

it('forgets the oldest of many copies of a file, as a server that reloads its files makes them', () => {
  const { registry } = setUp();
  registry.add(module('/app/a.js'));
  for (let copy = 1; copy <= 100; copy += 1) {
    registry.add(module('/app/b.js', { moduleId: `m${copy}` }));
    registry.addOutside({ path: '/lib/c.js', url: `file:///lib/c.js?${copy}`, moduleKind: 'module' });
  }
  const copies = registry.modules.filter(({ path }) => path === '/app/b.js');
  expect(copies.map(({ moduleId }) => moduleId)).toEqual(Array.from({ length: 20 }, (_, index) => `m${81 + index}`));
  expect(registry.modules.length).toBe(1 + 20 + 20);
  expect(new Set(registry.modules.map(({ order }) => order)).size).toBe(41);
  expect(registry.newest('/app/b.js')?.moduleId).toBe('m100');
});
