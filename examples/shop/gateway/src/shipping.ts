import type { Currency } from './money.ts';
import { inCurrency } from './quote.ts';
import type { Country } from './tax.ts';

const FREE_FROM = 150;
const HOME: Country = 'DE';

/** Postage for goods of the given value, both in the given currency. */
export function postage(goods: number, currency: Currency, country: Country): number {
  if (country === 'US') return inCurrency(24.9, currency);
  if (goods >= inCurrency(FREE_FROM, currency)) return 0;
  return inCurrency(country === HOME ? 4.9 : 9.9, currency);
}
