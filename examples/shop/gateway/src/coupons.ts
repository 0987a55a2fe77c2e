import { ShopError } from './shop-error.ts';

export interface Coupon {
  readonly code: string;
  /** The part of the price that the coupon takes off. */
  readonly rate: number;
  /** In the catalogue's currency. */
  readonly minimumSpend: number;
}

const COUPONS: ReadonlyMap<string, Coupon> = new Map(
  [
    { code: 'SPRING20', rate: 0.2, minimumSpend: 0 },
    { code: 'CLUB25', rate: 0.25, minimumSpend: 60 },
  ].map((coupon) => [coupon.code, coupon]),
);

/** @throws ShopError `unknown-coupon` */
export function findCoupon(code: string): Coupon {
  const coupon = COUPONS.get(code.trim().toUpperCase());
  if (coupon === undefined) throw new ShopError('unknown-coupon', `There is no coupon ${code}`);
  return coupon;
}
