import type { Currency } from './money.ts';
import type { Adjustment, QuoteLine } from './quote.ts';
import type { Country } from './tax.ts';

export type OrderStatus = 'received' | 'priced' | 'paid' | 'declined' | 'failed';

export interface Customer {
  readonly name: string;
  readonly email: string;
  readonly country: Country;
  /** Chosen at the checkout by those who open an account. */
  readonly password?: string;
}

export interface PaymentCard {
  readonly cardHolder: string;
  readonly cardNumber: string;
  readonly cvc: string;
  /** The shop's key at the payment provider. */
  readonly apiToken: string;
}

export interface NewOrder {
  readonly number: number;
  readonly reference: string;
  readonly customer: Customer;
  readonly payment: PaymentCard;
  readonly currency: Currency;
  readonly items: readonly QuoteLine[];
}

/** An order from the moment the shopper sends it until it is paid or has failed. Amounts are in its currency. */
export class Order {
  readonly number: number;
  readonly reference: string;
  readonly customer: Customer;
  readonly payment: PaymentCard;
  readonly currency: Currency;
  readonly items: readonly QuoteLine[];
  status: OrderStatus = 'received';
  adjustments: readonly Adjustment[] = [];
  subtotal = 0;
  /** What bulk and coupon discounts take off, as a positive amount. */
  discount = 0;
  charges = 0;
  tax = 0;
  total = 0;
  #sequence = 0;
  #description: string | undefined;

  constructor({ number, reference, customer, payment, currency, items }: NewOrder) {
    this.number = number;
    this.reference = reference;
    this.customer = customer;
    this.payment = payment;
    this.currency = currency;
    this.items = items;
  }

  getId(): string {
    return `ord-${this.number}`;
  }

  getStatus(): OrderStatus {
    return this.status;
  }

  /** Numbers what happens to the order, for the payment provider's idempotency key. */
  nextSequence(): number {
    this.#sequence += 1;
    return this.#sequence;
  }

  /** One line for people; made once, because the items do not change. */
  describe(): string {
    this.#description ??= this.items.map(({ quantity, name }) => `${quantity} x ${name}`).join(', ');
    return this.#description;
  }
}
