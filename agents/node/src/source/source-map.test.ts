import { originalPositionFor } from '@jridgewell/trace-mapping';
import { expect, it } from 'vitest';
import { loadSourceMap, originalPath, sourceMapUrlOf, splitMapComment } from './source-map.ts';

const json = JSON.stringify({ version: 3, sources: ['../src/a.ts'], names: [], mappings: 'AAAA;AAEA' });
const deps = (texts: { readonly [path: string]: string } = {}) => {
  const broken: string[] = [];
  return { broken, readText: (path: string) => texts[path], onBroken: (message: string) => broken.push(message) };
};
const second = { line: 2, column: 0 };

it.each([
  ['external', 'a.js.map'],
  ['base64', `data:application/json;charset=utf-8;base64,${Buffer.from(json).toString('base64')}`],
  ['percent-encoded', `data:application/json,${encodeURIComponent(json)}`],
])('reads a map that is %s', (_, url) => {
  const files = deps({ '/app/dist/a.js.map': json });
  const map = loadSourceMap('file:///app/dist/a.js?v=1', url, files);
  expect(map && originalPositionFor(map, second)).toMatchObject({ source: 'file:///app/src/a.ts', line: 3, column: 0 });
  expect(files.broken).toEqual([]);
});

it('reads an indexed map', () => {
  const sections = [{ offset: { line: 0, column: 0 }, map: JSON.parse(json) }];
  const files = deps({ '/app/dist/a.js.map': JSON.stringify({ version: 3, sections }) });
  const map = loadSourceMap('file:///app/dist/a.js', 'a.js.map', files);
  expect(map && originalPositionFor(map, second)).toMatchObject({ line: 3 });
});

it.each([
  ['that is missing', 'none.map'],
  ['that is no JSON', 'data:application/json,{'],
  ['that is no map', 'data:application/json,3'],
  ['on another host', 'https://example.org/a.js.map'],
])('a map %s is no map, and says so', (_, url) => {
  const files = deps();
  expect(loadSourceMap('file:///app/dist/a.js', url, files)).toBeUndefined();
  expect(files.broken).toHaveLength(1);
});

it.each([
  ['a;\n//# sourceMappingURL=a.js.map\n', 'a.js.map'],
  ['a;//@ sourceMappingURL=a.js.map', 'a.js.map'],
  ['a;\n//# sourceMappingURL=a.js.map\n//# sourceURL=b.js\n', 'a.js.map'],
  ['a("//# sourceMappingURL=no");\nb;', undefined],
  ['a;', undefined],
])('%j names the map %s', (code, url) => {
  const { body, comment } = splitMapComment(code);
  expect(body + comment).toBe(code);
  expect(sourceMapUrlOf(comment)).toBe(url);
});

it.each([
  ['file:///app/src/a%20b.ts', '/app/src/a b.ts'],
  ['webpack://shop/./src/a.ts', 'src/a.ts'],
  ['webpack:///src/a.ts', 'src/a.ts'],
  ['/app/src/a.ts', '/app/src/a.ts'],
])('%s is the file %s', (source, path) => {
  expect(originalPath(source)).toBe(path);
});
