export type ShopErrorCode =
  | 'unknown-cart'
  | 'unknown-product'
  | 'unknown-coupon'
  | 'unknown-order'
  | 'empty-cart'
  | 'out-of-stock'
  | 'payments-unavailable';

/** A refusal that the caller can understand; the HTTP layer turns its code into a status. */
export class ShopError extends Error {
  readonly code: ShopErrorCode;

  constructor(code: ShopErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ShopError';
    this.code = code;
  }
}
