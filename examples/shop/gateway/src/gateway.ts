import { type Tracer, trace } from '@opentelemetry/api';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { stockAssortment } from './assortment.ts';
import { Carts } from './carts.ts';
import { Catalogue } from './catalogue.ts';
import { openDatabase } from './database.ts';
import { addCartRoutes } from './http/cart-routes.ts';
import { addOrderRoutes } from './http/order-routes.ts';
import { answerRefusals } from './http/refusals.ts';
import { traceRequests } from './http/request-spans.ts';
import { DELIVERY_SIZE, Inventory } from './inventory.ts';
import { OrderStore } from './order-store.ts';
import { Orders } from './orders.ts';
import { Payments } from './payments.ts';
import { Pricing } from './pricing.ts';
import type { Settings } from './settings.ts';

export interface GatewayParts {
  readonly settings: Settings;
  readonly tracer: Tracer;
  readonly nextCartId: () => string;
  readonly paymentToken: string;
  readonly now: () => Date;
}

const MAX_CARTS = 5_000;
const MAX_QUOTES = 5_000;
const MAX_STORED_ORDERS = 10_000;

/** Builds the gateway; it listens when told to, and closes its database when it is closed. */
export function buildGateway({ settings, tracer, nextCartId, paymentToken, now }: GatewayParts): FastifyInstance {
  const database = openDatabase(settings.databaseFile);
  stockAssortment(database, DELIVERY_SIZE);
  const catalogue = new Catalogue(database);
  const carts = new Carts(nextCartId, MAX_CARTS);
  const pricing = new Pricing(catalogue, MAX_QUOTES);
  const inventory = new Inventory(database);
  const payments = new Payments(settings.paymentsUrl, tracer);
  const store = new OrderStore(database, MAX_STORED_ORDERS);
  const orders = new Orders({ carts, pricing, inventory, payments, store, paymentToken, now });

  const app = Fastify({
    logger: { level: settings.logLevel, mixin: activeTrace },
    logController: new LogController({ disableRequestLogging: true }),
  });
  traceRequests(app, tracer);
  answerRefusals(app);
  app.get('/health', () => ({ status: 'up' }));
  addCartRoutes(app, { catalogue, carts, pricing });
  addOrderRoutes(app, { orders, store });
  app.addHook('onClose', (_instance, done) => {
    database.close();
    done();
  });
  return app;
}

function activeTrace(): { readonly traceId?: string } {
  const span = trace.getActiveSpan();
  return span === undefined ? {} : { traceId: span.spanContext().traceId };
}
