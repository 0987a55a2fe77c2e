import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Currency } from './money.ts';
import type { Order, OrderStatus } from './order.ts';
import { ShopError } from './shop-error.ts';

export interface StoredOrder {
  readonly number: number;
  readonly reference: string;
  readonly status: OrderStatus;
  readonly currency: Currency;
  readonly total: number;
  readonly placedAt: string;
}

/** The orders in the database. Only the newest are kept: this shop runs for days under generated traffic. */
export class OrderStore {
  readonly #insert: StatementSync;
  readonly #update: StatementSync;
  readonly #prune: StatementSync;
  readonly #select: StatementSync;
  readonly #maxOrders: number;

  constructor(database: DatabaseSync, maxOrders: number) {
    this.#maxOrders = maxOrders;
    this.#insert = database.prepare(
      `INSERT INTO orders (reference, status, currency, total, placed_at) VALUES (?, 'received', ?, 0, ?)
       RETURNING number`,
    );
    this.#update = database.prepare('UPDATE orders SET status = ?, total = ? WHERE number = ?');
    this.#prune = database.prepare('DELETE FROM orders WHERE number <= ?');
    this.#select = database.prepare(
      'SELECT number, reference, status, currency, total, placed_at FROM orders WHERE number = ?',
    );
  }

  /** Notes that an order has come in, and gives it its number. */
  receive(reference: string, currency: Currency, placedAt: Date): number {
    const row = this.#insert.get(reference, currency, placedAt.toISOString());
    const number = Number(row?.['number']);
    this.#prune.run(number - this.#maxOrders);
    return number;
  }

  save(order: Order): void {
    this.#update.run(order.status, order.total, order.number);
  }

  /** @throws ShopError `unknown-order` */
  find(number: number): StoredOrder {
    const row = this.#select.get(number);
    if (row === undefined) throw new ShopError('unknown-order', `There is no order ${number}`);
    return {
      number: Number(row['number']),
      reference: String(row['reference']),
      status: row['status'] as OrderStatus,
      currency: row['currency'] as Currency,
      total: Number(row['total']),
      placedAt: String(row['placed_at']),
    };
  }
}
