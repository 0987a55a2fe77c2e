import type { FastifyInstance } from 'fastify';
import type { Carts } from '../carts.ts';
import type { Catalogue } from '../catalogue.ts';
import { findCoupon } from '../coupons.ts';
import type { Currency } from '../money.ts';
import type { Pricing } from '../pricing.ts';

export interface CartRoutesParts {
  readonly catalogue: Catalogue;
  readonly carts: Carts;
  readonly pricing: Pricing;
}

const openBody = {
  type: 'object',
  required: ['currency'],
  properties: { currency: { enum: ['EUR', 'USD', 'GBP'] } },
} as const;

const addBody = {
  type: 'object',
  required: ['sku', 'quantity'],
  properties: { sku: { type: 'string' }, quantity: { type: 'integer', minimum: 1, maximum: 100 } },
} as const;

const couponBody = { type: 'object', required: ['code'], properties: { code: { type: 'string' } } } as const;

export function addCartRoutes(app: FastifyInstance, { catalogue, carts, pricing }: CartRoutesParts): void {
  app.get('/products', () => catalogue.products());

  app.post<{ Body: { currency: Currency } }>('/carts', { schema: { body: openBody } }, (request, reply) => {
    const cart = carts.open(request.body.currency);
    return reply.status(201).send({ id: cart.id });
  });

  app.post<{ Params: { id: string }; Body: { sku: string; quantity: number } }>(
    '/carts/:id/items',
    { schema: { body: addBody } },
    (request, reply) => {
      const cart = carts.find(request.params.id);
      const product = catalogue.product(request.body.sku);
      cart.add(product.sku, request.body.quantity);
      return reply.status(201).send({ items: cart.items });
    },
  );

  app.put<{ Params: { id: string }; Body: { code: string } }>(
    '/carts/:id/coupon',
    { schema: { body: couponBody } },
    (request) => {
      const cart = carts.find(request.params.id);
      cart.coupon = findCoupon(request.body.code);
      return { coupon: cart.coupon.code };
    },
  );

  app.get<{ Params: { id: string } }>('/carts/:id/quote', async (request) => {
    const quote = await pricing.quote(carts.find(request.params.id));
    return quote;
  });
}
