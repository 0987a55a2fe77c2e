import type { Coupon } from './coupons.ts';
import type { Currency } from './money.ts';

export interface CartItem {
  readonly sku: string;
  readonly quantity: number;
}

/** What one shopper intends to buy. */
export class Cart {
  readonly id: string;
  readonly currency: Currency;
  coupon: Coupon | undefined;
  readonly #quantities = new Map<string, number>();
  #revision = 0;

  constructor(id: string, currency: Currency) {
    this.id = id;
    this.currency = currency;
  }

  /** Counts the changes of what is in the cart; a coupon does not change that. */
  get revision(): number {
    return this.#revision;
  }

  get items(): readonly CartItem[] {
    return [...this.#quantities].map(([sku, quantity]) => ({ sku, quantity }));
  }

  add(sku: string, quantity: number): void {
    const before = this.#quantities.get(sku) ?? 0;
    this.#quantities.set(sku, before + quantity);
    this.#revision += 1; // probe: cart-changed
  }

  isEmpty(): boolean {
    return this.#quantities.size === 0;
  }
}
