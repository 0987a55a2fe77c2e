import type { FastifyInstance } from 'fastify';
import { ShopError, type ShopErrorCode } from '../shop-error.ts';

const STATUS: Readonly<Record<ShopErrorCode, number>> = {
  'unknown-cart': 404,
  'unknown-product': 404,
  'unknown-coupon': 404,
  'unknown-order': 404,
  'empty-cart': 409,
  'out-of-stock': 409,
  'payments-unavailable': 502,
};

/** Answers a ShopError with the status of its code; everything else is answered as Fastify does. */
export function answerRefusals(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    if (!(error instanceof ShopError)) throw error;
    const status = STATUS[error.code];
    if (status >= 500) request.log.error({ err: error }, 'request failed');
    return reply.status(status).send({ code: error.code, message: error.message });
  });
}
