import type { DatabaseSync } from 'node:sqlite';
import type { Product } from './catalogue.ts';
import type { TaxClass } from './tax.ts';

type Row = readonly [sku: string, name: string, unitPrice: number, taxClass: TaxClass, oversize?: 'oversize'];

const ASSORTMENT: readonly Row[] = [
  ['BK-101', 'Field guide to mosses', 24.9, 'reduced'],
  ['BK-102', 'The keeper of bees', 18.5, 'reduced'],
  ['BK-103', 'Atlas of winds', 42, 'reduced'],
  ['CF-201', 'Coffee, dark roast, 1 kg', 19.8, 'reduced'],
  ['CF-202', 'Coffee, light roast, 1 kg', 21.4, 'reduced'],
  ['CF-203', 'Espresso machine', 489, 'standard'],
  ['CF-204', 'Hand grinder', 74.5, 'standard'],
  ['GD-301', 'Spade, ash handle', 38.9, 'standard'],
  ['GD-302', 'Watering can, 9 l', 27.3, 'standard'],
  ['GD-303', 'Potting soil, 40 l', 8.95, 'standard', 'oversize'],
  ['GD-304', 'Greenhouse, small', 629, 'standard', 'oversize'],
  ['OF-401', 'Notebook, dotted', 6.4, 'standard'],
  ['OF-402', 'Fountain pen', 58, 'standard'],
  ['OF-403', 'Desk lamp', 89.9, 'standard'],
  ['OF-404', 'Standing desk', 579, 'standard', 'oversize'],
  ['OF-405', 'Office chair', 349, 'standard', 'oversize'],
  ['TL-501', 'Cordless drill', 149, 'standard'],
  ['TL-502', 'Screwdriver set', 33.7, 'standard'],
  ['TL-503', 'Workbench', 219, 'standard', 'oversize'],
  ['TL-504', 'Measuring tape', 7.2, 'standard'],
];

/** Puts the assortment into the catalogue; products that are there already keep their stock. */
export function stockAssortment(database: DatabaseSync, initialStock: number): void {
  const insert = database.prepare(
    `INSERT INTO products (sku, name, unit_price, tax_class, oversize, stock) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (sku) DO UPDATE SET name = excluded.name, unit_price = excluded.unit_price,
       tax_class = excluded.tax_class, oversize = excluded.oversize`,
  );
  for (const product of ASSORTMENT.map(productOf)) {
    const { sku, name, unitPrice, taxClass, oversize } = product;
    insert.run(sku, name, unitPrice, taxClass, oversize ? 1 : 0, initialStock);
  }
}

function productOf([sku, name, unitPrice, taxClass, oversize]: Row): Product {
  return { sku, name, unitPrice, taxClass, oversize: oversize !== undefined };
}
