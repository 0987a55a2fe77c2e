import { expect, it } from 'vitest';
import { createGuardCells } from './guard-cells.ts';

it('declares cells that nobody sees when listing globals', () => {
  const global = {};
  createGuardCells(global).declare(['__a', '__b']);
  expect(Object.keys(global)).toEqual([]);
  expect(Object.hasOwn(global, '__a')).toBe(true);
});

it('leaves an active cell alone when its module is declared a second time', () => {
  const global: { [cell: string]: unknown } = {};
  const cells = createGuardCells(global);
  const hook = () => {};
  cells.set('__a', hook);
  cells.declare(['__a']);
  expect(global['__a']).toBe(hook);
});

it('sets and clears a cell by defining it anew', () => {
  const global: { [cell: string]: unknown } = {};
  const cells = createGuardCells(global);
  cells.declare(['__a']);
  const hook = () => {};
  expect(cells.set('__a', hook)).toBe(true);
  expect(Object.getOwnPropertyDescriptor(global, '__a')).toEqual({
    value: hook,
    writable: true,
    configurable: true,
    enumerable: false,
  });
  expect(cells.set('__a', undefined)).toBe(true);
  expect(global['__a']).toBeUndefined();
});

it('says so when the application has frozen its global object', () => {
  const cells = createGuardCells(Object.freeze({}));
  cells.declare(['__a']);
  expect(cells.set('__a', () => {})).toBe(false);
});
