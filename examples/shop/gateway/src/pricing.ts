import type { Cart } from './cart.ts';
import type { Catalogue } from './catalogue.ts';
import { CATALOGUE_CURRENCY } from './money.ts';
import { applyCoupon, bulkRule, oversizeRule } from './pricing-rules.ts';
import { type Adjustment, convertQuote, type Quote, type QuoteLine, subtotalOf } from './quote.ts';

type Rule = (lines: readonly QuoteLine[]) => Adjustment | undefined;

/** Prices carts. List prices and quantity rules depend on nothing but the items, so that part is kept per cart. */
export class Pricing {
  readonly #catalogue: Catalogue;
  readonly #rules: readonly Rule[];
  readonly #baseQuotes = new Map<string, Quote>();
  readonly #maxQuotes: number;

  constructor(catalogue: Catalogue, maxQuotes: number) {
    this.#catalogue = catalogue;
    this.#maxQuotes = maxQuotes;
    this.#rules = [
      bulkRule([
        { from: 10, rate: 0.08 },
        { from: 25, rate: 0.15 },
      ]),
      oversizeRule(6.5, (sku) => catalogue.product(sku).oversize),
    ];
  }

  /** The price of what is in the cart now, in the cart's currency. */
  async quote(cart: Cart): Promise<Quote> {
    const base = await this.#baseQuote(cart);
    const converted = convertQuote(base, cart.currency); // probe: base-quote
    const quote = cart.coupon === undefined ? converted : applyCoupon(converted, cart.coupon);
    return quote; // probe: quoted
  }

  /** Drops what is kept for a cart. */
  forget(cart: Cart): void {
    this.#baseQuotes.delete(quoteKey(cart));
  }

  async #baseQuote(cart: Cart): Promise<Quote> {
    const key = quoteKey(cart);
    const kept = this.#baseQuotes.get(key);
    if (kept !== undefined) return kept; // probe: quote-kept
    const lines = await Promise.all(cart.items.map(({ sku, quantity }) => this.#line(sku, quantity)));
    const adjustments = this.#rules.map((rule) => rule(lines)).filter((adjustment) => adjustment !== undefined);
    const quote: Quote = { currency: CATALOGUE_CURRENCY, lines, subtotal: subtotalOf(lines), adjustments };
    this.#keep(key, quote);
    return quote;
  }

  async #line(sku: string, quantity: number): Promise<QuoteLine> {
    const { name, unitPrice, taxClass } = this.#catalogue.product(sku);
    return { sku, name, quantity, unitPrice, taxClass };
  }

  #keep(key: string, quote: Quote): void {
    this.#baseQuotes.set(key, quote);
    const oldest = this.#baseQuotes.size > this.#maxQuotes ? this.#baseQuotes.keys().next().value : undefined;
    if (oldest !== undefined) this.#baseQuotes.delete(oldest);
  }
}

function quoteKey(cart: Cart): string {
  return `${cart.id}@${cart.revision}`;
}
