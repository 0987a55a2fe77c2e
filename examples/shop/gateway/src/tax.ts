export type TaxClass = 'standard' | 'reduced';
export type Country = 'DE' | 'FR' | 'NL' | 'GB' | 'US';

/** What tax depends on; an `Order` is one. */
export interface Taxable {
  readonly customer: { readonly country: Country };
  readonly items: readonly { readonly quantity: number; readonly unitPrice: number; readonly taxClass: TaxClass }[];
}

const RATES: Readonly<Record<Country, Readonly<Record<TaxClass, number>>>> = {
  DE: { standard: 0.19, reduced: 0.07 },
  FR: { standard: 0.2, reduced: 0.055 },
  NL: { standard: 0.21, reduced: 0.09 },
  GB: { standard: 0.2, reduced: 0 },
  US: { standard: 0, reduced: 0 },
};

/**
 * The tax rate of an order as a fraction: the rates of its items in the customer's country, weighted by their value.
 */
export function calculateTax(order: Taxable): number {
  const rates = RATES[order.customer.country];
  let value = 0;
  let tax = 0;
  for (const item of order.items) {
    const worth = item.quantity * item.unitPrice;
    value += worth;
    tax += worth * rates[item.taxClass];
  }
  if (value === 0) return 0;
  return Math.round((tax / value) * 10_000) / 10_000; // probe: tax-rate
}
