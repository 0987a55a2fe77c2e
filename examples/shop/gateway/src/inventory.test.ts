import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stockAssortment } from './assortment.ts';
import { openDatabase } from './database.ts';
import { DELIVERY_SIZE, Inventory } from './inventory.ts';

let database: DatabaseSync;
let inventory: Inventory;

beforeEach(() => {
  database = openDatabase(':memory:');
  stockAssortment(database, 1_000);
  inventory = new Inventory(database);
});
afterEach(() => database.close());

function stockOf(sku: string): number {
  return Number(database.prepare('SELECT stock FROM products WHERE sku = ?').get(sku)?.['stock']);
}

test('a reservation takes every line and a release puts it back', () => {
  const lines = [
    { sku: 'BK-101', quantity: 5 },
    { sku: 'OF-402', quantity: 7 },
  ];
  inventory.reserve(lines);
  expect([stockOf('BK-101'), stockOf('OF-402')]).toEqual([995, 993]);
  inventory.release(lines);
  expect([stockOf('BK-101'), stockOf('OF-402')]).toEqual([1_000, 1_000]);
});

test('when one line is out of stock nothing is taken', () => {
  const lines = [
    { sku: 'BK-101', quantity: 5 },
    { sku: 'OF-402', quantity: 1_001 },
  ];
  expect(() => inventory.reserve(lines)).toThrow(expect.objectContaining({ code: 'out-of-stock' }));
  expect([stockOf('BK-101'), stockOf('OF-402')]).toEqual([1_000, 1_000]);
});

test('a product that runs low is delivered again', () => {
  inventory.reserve([{ sku: 'BK-101', quantity: 801 }]);
  expect(stockOf('BK-101')).toBe(199 + DELIVERY_SIZE);
});
