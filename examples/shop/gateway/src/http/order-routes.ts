import type { FastifyInstance } from 'fastify';
import type { Order } from '../order.ts';
import type { OrderStore } from '../order-store.ts';
import type { Checkout, Orders } from '../orders.ts';

export interface OrderRoutesParts {
  readonly orders: Orders;
  readonly store: OrderStore;
}

const text = { type: 'string', minLength: 1, maxLength: 200 } as const;

const checkoutBody = {
  type: 'object',
  required: ['cartId', 'reference', 'customer', 'card'],
  properties: {
    cartId: text,
    reference: text,
    customer: {
      type: 'object',
      required: ['name', 'email', 'country'],
      additionalProperties: false,
      properties: { name: text, email: text, country: { enum: ['DE', 'FR', 'NL', 'GB', 'US'] }, password: text },
    },
    card: {
      type: 'object',
      required: ['cardHolder', 'cardNumber', 'cvc'],
      additionalProperties: false,
      properties: { cardHolder: text, cardNumber: text, cvc: text },
    },
  },
} as const;

export function addOrderRoutes(app: FastifyInstance, { orders, store }: OrderRoutesParts): void {
  app.post<{ Body: Checkout }>('/orders', { schema: { body: checkoutBody } }, async (request, reply) => {
    const order = await orders.place(request.body);
    request.log.info({ order: order.getId(), status: order.getStatus() }, 'order processed');
    return reply.status(order.status === 'paid' ? 201 : 402).send(orderView(order));
  });

  app.get<{ Params: { number: number } }>(
    '/orders/:number',
    { schema: { params: { type: 'object', properties: { number: { type: 'integer' } } } } },
    (request) => store.find(request.params.number),
  );
}

function orderView(order: Order): object {
  const { number, reference, status, currency, items, adjustments, subtotal, discount, charges, tax, total } = order;
  const id = order.getId();
  const description = order.describe();
  return {
    id,
    number,
    reference,
    status,
    currency,
    description,
    items,
    adjustments,
    subtotal,
    discount,
    charges,
    tax,
    total,
  };
}
