import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { ShopError } from './shop-error.ts';

export interface StockLine {
  readonly sku: string;
  readonly quantity: number;
}

/** When a product falls below this, the supplier delivers overnight, which here is at once. */
const REORDER_BELOW = 200;
export const DELIVERY_SIZE = 2_000;

/** The stock of every product, in the database. */
export class Inventory {
  readonly #database: DatabaseSync;
  readonly #take: StatementSync;
  readonly #put: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#take = database.prepare(
      'UPDATE products SET stock = stock - :quantity WHERE sku = :sku AND stock >= :quantity RETURNING stock',
    );
    this.#put = database.prepare('UPDATE products SET stock = stock + :quantity WHERE sku = :sku');
  }

  /**
   * Takes every line from the stock, or none.
   * @throws ShopError `out-of-stock`
   */
  reserve(lines: readonly StockLine[]): void {
    this.#inTransaction(() => {
      for (const { sku, quantity } of lines) {
        const row = this.#take.get({ sku, quantity });
        if (row === undefined) throw new ShopError('out-of-stock', `Fewer than ${quantity} of ${sku} are left`);
        const left = Number(row['stock']);
        if (left < REORDER_BELOW) this.#put.run({ sku, quantity: DELIVERY_SIZE }); // probe: reordered
      }
    });
  }

  /** Puts back what an order had reserved. */
  release(lines: readonly StockLine[]): void {
    this.#inTransaction(() => {
      for (const { sku, quantity } of lines) this.#put.run({ sku, quantity });
    });
  }

  #inTransaction(work: () => void): void {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.#database.exec('COMMIT');
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }
}
