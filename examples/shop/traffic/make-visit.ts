import type { ShopAnswer, ShopClient } from './shop-client.ts';
import type { Visit } from './visit.ts';

/** The part of an order that traffic looks at. */
interface PlacedOrder {
  readonly id: string;
  readonly number: number;
  readonly reference: string;
  readonly status: 'paid' | 'declined';
  readonly currency: string;
  readonly adjustments: readonly { readonly kind: string; readonly amount: number }[];
  readonly subtotal: number;
  readonly discount: number;
  readonly charges: number;
  readonly tax: number;
  readonly total: number;
}

export interface VisitOutcome {
  readonly order: PlacedOrder;
  readonly traceId: string;
}

/**
 * Does in the shop what the visit plans, one request after the other.
 * @throws when the gateway is away, or refuses a step (a restart loses its carts)
 */
export async function makeVisit(client: ShopClient, visit: Visit): Promise<VisitOutcome> {
  const opened = await expectStatus(client.send('POST', '/carts', { currency: visit.currency }), [201]);
  const cartId = (opened.body as { readonly id: string }).id;
  for (const item of visit.items) await expectStatus(client.send('POST', `/carts/${cartId}/items`, item), [201]);
  if (visit.coupon !== undefined) {
    await expectStatus(client.send('PUT', `/carts/${cartId}/coupon`, { code: visit.coupon }), [200]);
  }
  for (let preview = 0; preview < visit.previews; preview += 1) {
    await expectStatus(client.send('GET', `/carts/${cartId}/quote`), [200]);
  }
  const { reference, customer, card } = visit;
  const answer = await expectStatus(client.send('POST', '/orders', { cartId, reference, customer, card }), [201, 402]);
  return { order: answer.body as PlacedOrder, traceId: String(answer.headers['x-trace-id']) };
}

async function expectStatus(pending: Promise<ShopAnswer>, expected: readonly number[]): Promise<ShopAnswer> {
  const answer = await pending;
  if (expected.includes(answer.status)) return answer;
  throw new Error(`The gateway answered with status ${answer.status}: ${JSON.stringify(answer.body)}`);
}
