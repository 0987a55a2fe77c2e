import type { Cart } from './cart.ts';
import type { Carts } from './carts.ts';
import type { Inventory } from './inventory.ts';
import { roundMoney } from './money.ts';
import { type Customer, Order, type PaymentCard } from './order.ts';
import type { OrderStore } from './order-store.ts';
import type { Payments } from './payments.ts';
import type { Pricing } from './pricing.ts';
import type { Adjustment, Quote } from './quote.ts';
import { postage } from './shipping.ts';
import { ShopError } from './shop-error.ts';
import { calculateTax } from './tax.ts';

export interface Checkout {
  readonly cartId: string;
  readonly reference: string;
  readonly customer: Customer;
  readonly card: Omit<PaymentCard, 'apiToken'>;
}

export interface OrdersParts {
  readonly carts: Carts;
  readonly pricing: Pricing;
  readonly inventory: Inventory;
  readonly payments: Payments;
  readonly store: OrderStore;
  readonly paymentToken: string;
  readonly now: () => Date;
}

/** Turns a cart into a paid order. */
export class Orders {
  readonly #parts: OrdersParts;

  constructor(parts: OrdersParts) {
    this.#parts = parts;
  }

  /** @returns the order, paid or declined; @throws ShopError for everything that kept it from being charged */
  async place(checkout: Checkout): Promise<Order> {
    const { carts, pricing, store, now, paymentToken } = this.#parts;
    const cart = carts.find(checkout.cartId);
    if (cart.isEmpty()) throw new ShopError('empty-cart', `There is nothing in cart ${cart.id}`);
    const quote = await pricing.quote(cart);
    const order = new Order({
      number: store.receive(checkout.reference, cart.currency, now()),
      reference: checkout.reference,
      customer: checkout.customer,
      payment: { ...checkout.card, apiToken: paymentToken },
      currency: cart.currency,
      items: quote.lines,
    });
    priceOrder(order, quote);
    await this.#process(order, cart);
    return order;
  }

  async #process(order: Order, cart: Cart): Promise<void> {
    const { carts, pricing, inventory, payments, store } = this.#parts;
    inventory.reserve(order.items); // probe: order-priced
    try {
      const answer = await payments.charge(order);
      order.status = answer.kind === 'captured' ? 'paid' : 'declined'; // probe: payment-answered
      if (order.status === 'declined') inventory.release(order.items);
    } catch (error) {
      order.status = 'failed';
      inventory.release(order.items);
      throw error;
    } finally {
      store.save(order);
    }
    pricing.forget(cart);
    carts.close(cart); // probe: order-processed
  }
}

function priceOrder(order: Order, quote: Quote): void {
  const sumOf = (kinds: readonly Adjustment['kind'][]) =>
    quote.adjustments.filter(({ kind }) => kinds.includes(kind)).reduce((sum, { amount }) => sum + amount, 0);
  const discount = roundMoney(-sumOf(['bulk', 'coupon']));
  const goods = quote.subtotal - discount;
  order.adjustments = quote.adjustments;
  order.subtotal = quote.subtotal;
  order.discount = discount; // probe: discount-known
  order.charges = roundMoney(sumOf(['oversize']) + postage(goods, order.currency, order.customer.country));
  order.tax = roundMoney((goods + order.charges) * calculateTax(order));
  order.total = roundMoney(goods + order.charges + order.tax);
  order.status = 'priced';
}
