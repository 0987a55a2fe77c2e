import { expect, it } from 'vitest';
import { scriptUrlPattern } from './script-url.ts';

const matches = (url: string, name: string) => new RegExp(scriptUrlPattern(url)).test(name);

it.each([
  ['file:///app/orders.js', '/app/orders.js'],
  ['/app/orders.js', 'file:///app/orders.js'],
  ['/app/a (b)+c#d/ö.js', 'file:///app/a%20(b)+c%23d/%C3%B6.js'],
  ['file:///app/a%20b.js', '/app/a b.js'],
])('takes %s for %s too', (url, other) => {
  expect(matches(url, url)).toBe(true);
  expect(matches(url, other)).toBe(true);
});

it.each([
  ['/app/orders.js', '/other/app/orders.js'],
  ['/app/orders.js', '/app/orders.js.map'],
  ['/app/orders.js', '/app/orders-js'],
  ['file:///app/orders.js?v=1', 'file:///app/orders.js'],
])('does not take %s for %s', (url, other) => {
  expect(matches(url, other)).toBe(false);
});

it('matches what is not a file as it is', () => {
  expect(matches('evalmachine.<anonymous>', 'evalmachine.<anonymous>')).toBe(true);
  expect(matches('file://host/share/a.js', 'file://host/share/a.js')).toBe(true);
});
