export type Currency = 'EUR' | 'USD' | 'GBP';

/** The currency of the catalogue: every list price is in it. */
export const CATALOGUE_CURRENCY: Currency = 'EUR';

/** Rounds an amount to hundredths, halves away from zero. */
export function roundMoney(amount: number): number {
  return (Math.sign(amount) * Math.round((Math.abs(amount) + Number.EPSILON) * 100)) / 100;
}
