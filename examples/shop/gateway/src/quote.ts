import { type Currency, roundMoney } from './money.ts';
import type { TaxClass } from './tax.ts';

export interface QuoteLine {
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  readonly unitPrice: number;
  readonly taxClass: TaxClass;
}

export interface Adjustment {
  readonly kind: 'bulk' | 'coupon' | 'oversize';
  readonly label: string;
  /** Negative when it makes the order cheaper. */
  readonly amount: number;
}

/** Prices of a cart. The invoice lists the adjustments in the order in which they stand here. */
export interface Quote {
  readonly currency: Currency;
  readonly lines: readonly QuoteLine[];
  readonly subtotal: number;
  readonly adjustments: Adjustment[];
}

const RATES: Readonly<Record<Currency, number>> = { EUR: 1, USD: 1.08, GBP: 0.86 };

/** An amount of the catalogue's currency in another. */
export function inCurrency(amount: number, currency: Currency): number {
  return roundMoney(amount * RATES[currency]);
}

/** The quote in another currency; every amount is rounded, so that the invoice adds up. */
export function convertQuote(quote: Quote, currency: Currency): Quote {
  if (quote.currency === currency) return quote;
  const convert = (amount: number) => roundMoney((amount / RATES[quote.currency]) * RATES[currency]);
  const lines = quote.lines.map((line) => ({ ...line, unitPrice: convert(line.unitPrice) }));
  return {
    currency,
    lines,
    subtotal: subtotalOf(lines),
    adjustments: quote.adjustments.map((adjustment) => ({ ...adjustment, amount: convert(adjustment.amount) })),
  };
}

export function subtotalOf(lines: readonly QuoteLine[]): number {
  return roundMoney(lines.reduce((sum, line) => sum + line.quantity * line.unitPrice, 0));
}
