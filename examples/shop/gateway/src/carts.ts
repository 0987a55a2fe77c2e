import { Cart } from './cart.ts';
import type { Currency } from './money.ts';
import { ShopError } from './shop-error.ts';

/** The carts of the shoppers who are here now, in memory; when there are too many the oldest is given up. */
export class Carts {
  readonly #carts = new Map<string, Cart>();
  readonly #nextId: () => string;
  readonly #maxCarts: number;

  constructor(nextId: () => string, maxCarts: number) {
    this.#nextId = nextId;
    this.#maxCarts = maxCarts;
  }

  open(currency: Currency): Cart {
    const cart = new Cart(this.#nextId(), currency);
    this.#carts.set(cart.id, cart);
    const oldest = this.#carts.size > this.#maxCarts ? this.#carts.keys().next().value : undefined;
    if (oldest !== undefined) this.#carts.delete(oldest);
    return cart;
  }

  /** @throws ShopError `unknown-cart` */
  find(id: string): Cart {
    const cart = this.#carts.get(id);
    if (cart === undefined) throw new ShopError('unknown-cart', `There is no cart ${id}`);
    return cart;
  }

  close(cart: Cart): void {
    this.#carts.delete(cart.id);
  }
}
