import { expect, test } from 'vitest';
import { plainPaint } from '../output/paint.ts';
import { nearestNames } from './nearest-names.ts';
import { problemLines } from './problem-screen.ts';

const names = ['inventory', 'carts', 'order', 'orders', 'border', 'store'];

test('the nearest names come first, and at most so many', () => {
  expect(nearestNames('ordr', names, 3)).toEqual(['order', 'orders', 'border']);
  expect(nearestNames('ORDER', names, 1)).toEqual(['order']);
  expect(nearestNames('catrs', names, 1)).toEqual(['carts']);
});

test('names that are quite different are no suggestion', () => {
  expect(nearestNames('zzzz', names, 3)).toEqual([]);
  expect(nearestNames('', names, 3)).toEqual([]);
});

const unknown = { code: 'expression.unknown-name', message: 'ordr cannot be read', candidates: names } as const;

test('an unknown name is answered with the nearest of the names there are', () => {
  expect(problemLines({ ...unknown, range: { start: 0, end: 4 } }, plainPaint, 'ordr.total > 3')).toEqual([
    'ordr cannot be read (expression.unknown-name)',
    '    ordr.total > 3',
    '    ^^^^',
    '  did you mean: order, orders, border',
  ]);
});

test('and with all of them when none is near or its place is not known', () => {
  const all = '  names there: inventory, carts, order, orders, border, store';
  expect(problemLines({ ...unknown, range: { start: 0, end: 4 } }, plainPaint, 'zzzz')).toContain(all);
  expect(problemLines(unknown, plainPaint)).toContain(all);
});
