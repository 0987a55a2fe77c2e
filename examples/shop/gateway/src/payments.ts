import { context, propagation, SpanKind, SpanStatusCode, type Tracer } from '@opentelemetry/api';
import type { Order } from './order.ts';
import { withRetries } from './retry.ts';
import { ShopError } from './shop-error.ts';

export type PaymentAnswer =
  | { readonly kind: 'captured'; readonly chargeId: string }
  | { readonly kind: 'declined'; readonly reason: string };

const TIMEOUT_MS = 3_000;

/** Charges cards at the payment service, over HTTP. */
export class Payments {
  readonly #url: string;
  readonly #tracer: Tracer;

  constructor(url: string, tracer: Tracer) {
    this.#url = url;
    this.#tracer = tracer;
  }

  /** @throws ShopError `payments-unavailable` when the service cannot be reached or answers with an error */
  async charge(order: Order): Promise<PaymentAnswer> {
    return await this.#tracer.startActiveSpan('charge card', { kind: SpanKind.CLIENT }, async (span) => {
      const idempotencyKey = `${order.getId()}-${order.nextSequence()}`;
      try {
        const attempt = () => this.#post(order, idempotencyKey);
        const answer = await withRetries(attempt, { attempts: 2 });
        span.setAttribute('shop.payment.answer', answer.kind); // probe: payment-answer
        return answer;
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR, message: String(error) });
        throw new ShopError('payments-unavailable', 'The payment service did not answer', { cause: error });
      } finally {
        span.end();
      }
    });
  }

  async #post(order: Order, idempotencyKey: string): Promise<PaymentAnswer> {
    const { apiToken, ...card } = order.payment;
    const headers: Record<string, string> = {
      'content-type': 'application/json',
      authorization: `Bearer ${apiToken}`,
      'idempotency-key': idempotencyKey,
    };
    propagation.inject(context.active(), headers);
    const response = await fetch(new URL('/charges', this.#url), {
      method: 'POST',
      headers,
      body: JSON.stringify({ reference: order.reference, currency: order.currency, amount: order.total, card }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const body = (await response.json()) as { readonly id?: string; readonly reason?: string };
    if (response.status === 201) return { kind: 'captured', chargeId: String(body.id) };
    if (response.status === 402) return { kind: 'declined', reason: String(body.reason) };
    throw new Error(`The payment service answered with status ${response.status}`);
  }
}
