import { expect, it } from 'vitest';
import { guardLoadResult, type LoadResultDeps } from './load-result.ts';
import type { LoadedSource, OutsideSource, SourceDiagnostic } from './loaded-source.ts';

function setUp(overrides: Partial<LoadResultDeps> = {}) {
  const sources: LoadedSource[] = [];
  const outside: OutsideSource[] = [];
  const diagnostics: SourceDiagnostic[] = [];
  const deps: LoadResultDeps = {
    shouldGuard: (path) => path.startsWith('/app/'),
    onSource: (source) => {
      sources.push(source);
      return `guarded ${source.code}`;
    },
    onOutside: (source) => outside.push(source),
    onDiagnostic: (diagnostic) => diagnostics.push(diagnostic),
    stripTypes: (code) => code.replace(': number', '        '),
    ...overrides,
  };
  return { sources, outside, diagnostics, deps };
}

it.each(['json', 'wasm', 'builtin', 'addon', 'commonjs', null, undefined])('leaves the format %s alone', (format) => {
  const { deps, sources } = setUp();
  const result = { format, source: 'a' };
  expect(guardLoadResult('file:///app/a.x', result, false, deps)).toBe(result);
  expect(sources).toEqual([]);
});

it('hands over bytes as text, and keeps what else the result says', () => {
  const { deps, sources } = setUp();
  const result = { format: 'module', source: Buffer.from('é'), responseURL: 'x' };
  expect(guardLoadResult('file:///app/a%20b.js?v=1', result, false, deps)).toEqual({
    format: 'module',
    source: 'guarded é',
    responseURL: 'x',
  });
  expect(sources).toEqual([{ path: '/app/a b.js', url: 'file:///app/a%20b.js?v=1', moduleKind: 'module', code: 'é' }]);
});

it('strips types and says that they are gone', () => {
  const { deps } = setUp();
  const result = { format: 'module-typescript', source: 'let a: number' };
  expect(guardLoadResult('file:///app/a.ts', result, false, deps)).toEqual({
    format: 'module',
    source: 'guarded let a        ',
  });
});

it.each([
  ['the listener throws', { onSource: () => fail() }],
  ['the predicate throws', { shouldGuard: () => fail() }],
  ['the listener declines', { onSource: () => undefined }],
  ['stripping throws', { stripTypes: () => fail() }],
  ['Node cannot strip', { stripTypes: undefined }],
])('returns the very result when %s', (_, overrides) => {
  const { deps } = setUp(overrides);
  const result = { format: 'module-typescript', source: 'a' };
  expect(guardLoadResult('file:///app/a.ts', result, false, deps)).toBe(result);
});

it('names a file outside the application without its text', () => {
  const { deps, outside, sources } = setUp();
  guardLoadResult('file:///lib/a.mjs', { format: 'module', source: 'a' }, false, deps);
  guardLoadResult('data:text/javascript,1', { format: 'module', source: '1' }, false, deps);
  expect(outside).toEqual([{ path: '/lib/a.mjs', url: 'file:///lib/a.mjs', moduleKind: 'module' }]);
  expect(sources).toEqual([]);
});

function fail(): never {
  throw new Error('ours');
}
