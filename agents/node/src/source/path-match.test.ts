import { expect, it } from 'vitest';
import { matchPath, shortestDistinguishing } from './path-match.ts';

const rules = { root: '/app', caseInsensitive: false };

it.each([
  ['/app/src/orders.ts', '/app/src/orders.ts', 'exact'],
  ['src/orders.ts', '/app/src/orders.ts', 'exact'],
  ['./src/../src/orders.ts', '/app/src/orders.ts', 'exact'],
  ['file:///app/src/orders.ts', '/app/src/orders.ts', 'exact'],
  ['orders.ts', '/app/src/orders.ts', 'suffix'],
  ['../gateway/src/orders.ts', '/srv/gateway/src/orders.ts', 'suffix'],
  ['/home/ada/shop/src/orders.ts', '/app/src/orders.ts', 'covers'],
  ['C:\\shop\\src\\orders.ts', '/app/src/orders.ts', 'covers'],
  ['shop/gateway/src/orders.ts', '/app/src/orders.ts', 'covers'],
  ['file://elsewhere/shop/src/orders.ts', '/app/src/orders.ts', 'covers'],
  ['rders.ts', '/app/src/orders.ts', undefined],
  ['lib/orders.ts', '/app/src/orders.ts', undefined],
  ['/home/ada/shop/index.ts', '/app/index.ts', undefined],
  ['src/Orders.ts', '/app/src/orders.ts', undefined],
])('%s and %s: %s', (name, file, grade) => {
  expect(matchPath(name, file, rules)).toBe(grade);
});

it('does not mind case where the file system does not', () => {
  const windows = { root: 'C:\\App', caseInsensitive: true };
  expect(matchPath('Src/Orders.ts', 'c:\\app\\src\\orders.ts', windows)).toBe('exact');
});

it('tells files apart by as little as possible', () => {
  expect(shortestDistinguishing(['/app/a/src/orders.ts', '/app/b/src/orders.ts', '/app/c/main.ts'])).toEqual([
    'a/src/orders.ts',
    'b/src/orders.ts',
    'main.ts',
  ]);
});
