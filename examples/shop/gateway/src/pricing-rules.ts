import type { Coupon } from './coupons.ts';
import { roundMoney } from './money.ts';
import { type Adjustment, inCurrency, type Quote, type QuoteLine } from './quote.ts';

export interface BulkTier {
  readonly from: number;
  readonly rate: number;
}

/**
 * A rule that makes large quantities of one product cheaper.
 * @param tiers which quantity earns which discount, in any order
 */
export function bulkRule(tiers: readonly BulkTier[]): (lines: readonly QuoteLine[]) => Adjustment | undefined {
  const steepestFirst = tiers.toSorted((a, b) => b.from - a.from);
  return (lines) => {
    let amount = 0;
    for (const line of lines) {
      const tier = steepestFirst.find(({ from }) => line.quantity >= from);
      if (tier !== undefined) amount -= line.quantity * line.unitPrice * tier.rate; // probe: bulk-tier
    }
    return amount === 0 ? undefined : { kind: 'bulk', label: 'Bulk discount', amount: roundMoney(amount) };
  };
}

/** A rule that adds a charge for each oversize item. */
export function oversizeRule(
  charge: number,
  isOversize: (sku: string) => boolean,
): (lines: readonly QuoteLine[]) => Adjustment | undefined {
  return (lines) => {
    const pieces = lines.reduce((sum, line) => sum + (isOversize(line.sku) ? line.quantity : 0), 0);
    if (pieces === 0) return undefined;
    return { kind: 'oversize', label: 'Oversize handling', amount: roundMoney(pieces * charge) };
  };
}

/**
 * Takes a coupon off the goods. On top of a bulk discount it counts on what that leaves; charges are never discounted
 * and follow the discounts on the invoice.
 */
export function applyCoupon(quote: Quote, coupon: Coupon): Quote {
  if (quote.subtotal < inCurrency(coupon.minimumSpend, quote.currency)) return quote;
  const reduction = (goods: number): Adjustment => ({
    kind: 'coupon',
    label: `Coupon ${coupon.code}`,
    amount: roundMoney(-goods * coupon.rate),
  });
  const position = quote.adjustments.findIndex(({ kind }) => kind === 'bulk');
  const bulk = quote.adjustments[position];
  if (bulk === undefined) return { ...quote, adjustments: [reduction(quote.subtotal), ...quote.adjustments] };
  quote.adjustments.splice(position + 1, 0, reduction(quote.subtotal + bulk.amount));
  return quote; // probe: coupon-on-bulk
}
