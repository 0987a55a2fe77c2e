import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { ShopError } from './shop-error.ts';
import type { TaxClass } from './tax.ts';

export interface Product {
  readonly sku: string;
  readonly name: string;
  /** In the catalogue's currency, without tax. */
  readonly unitPrice: number;
  readonly taxClass: TaxClass;
  readonly oversize: boolean;
}

/** The products on sale. */
export class Catalogue {
  readonly #bySku: StatementSync;
  readonly #all: StatementSync;

  constructor(database: DatabaseSync) {
    const columns = 'sku, name, unit_price, tax_class, oversize';
    this.#bySku = database.prepare(`SELECT ${columns} FROM products WHERE sku = ?`);
    this.#all = database.prepare(`SELECT ${columns} FROM products ORDER BY sku`);
  }

  /** @throws ShopError `unknown-product` */
  product(sku: string): Product {
    const row = this.#bySku.get(sku);
    if (row === undefined) throw new ShopError('unknown-product', `There is no product ${sku}`);
    return productFrom(row);
  }

  products(): readonly Product[] {
    return this.#all.all().map(productFrom);
  }
}

function productFrom(row: Readonly<Record<string, unknown>>): Product {
  return {
    sku: String(row['sku']),
    name: String(row['name']),
    unitPrice: Number(row['unit_price']),
    taxClass: row['tax_class'] as TaxClass,
    oversize: row['oversize'] === 1,
  };
}
