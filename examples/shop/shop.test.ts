import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stockAssortment } from './gateway/src/assortment.ts';
import { Cart } from './gateway/src/cart.ts';
import { Catalogue } from './gateway/src/catalogue.ts';
import { findCoupon } from './gateway/src/coupons.ts';
import { openDatabase } from './gateway/src/database.ts';
import type { Currency } from './gateway/src/money.ts';
import { Pricing } from './gateway/src/pricing.ts';
import { type RunningShop, startShop } from './start-shop.ts';
import { makeVisit } from './traffic/make-visit.ts';
import { replayVisits } from './traffic/replay.ts';
import { ShopClient } from './traffic/shop-client.ts';
import { DEFAULT_SEED, planVisit, type Visit } from './traffic/visit.ts';

const SLOW_MACHINE_MS = 180_000;
const VISITS = 1_000;

let shop: RunningShop;
let client: ShopClient;
let database: DatabaseSync;
let catalogue: Catalogue;
const gatewayLines: string[] = [];
type LogLine = { readonly level: number; readonly msg: string; readonly traceId?: string; readonly status?: string };
const logLines = () => gatewayLines.map((line) => JSON.parse(line) as Partial<LogLine>);

beforeAll(async () => {
  database = openDatabase(':memory:');
  stockAssortment(database, 1_000);
  catalogue = new Catalogue(database);
  shop = await startShop({
    maxPaymentLatencyMs: 0,
    onLine: (program, line) => {
      if (program === 'gateway') gatewayLines.push(line);
    },
  });
  client = new ShopClient(shop.gatewayUrl);
}, SLOW_MACHINE_MS);

afterAll(async () => {
  client.close();
  database.close();
  await shop.stop();
}, SLOW_MACHINE_MS);

/** The discount that the rules give, from a price asked for once. */
async function dueDiscount(visit: Visit): Promise<number> {
  const cart = new Cart('due', visit.currency as Currency);
  for (const { sku, quantity } of visit.items) cart.add(sku, quantity);
  if (visit.coupon !== undefined) cart.coupon = findCoupon(visit.coupon);
  const { adjustments } = await new Pricing(catalogue, 1).quote(cart);
  return -adjustments.reduce((sum, { kind, amount }) => (kind === 'oversize' ? sum : sum + amount), 0);
}

function plainVisit(changes: Partial<Visit>): Visit {
  return { ...planVisit(1, 0, ['BK-101']), coupon: undefined, previews: 0, ...changes };
}

describe('an order', () => {
  const customer = { name: 'Ada', email: 'ada@example.com', country: 'DE', password: 'pw-1' };

  test('costs its goods, less discounts, with charges, postage and tax', async () => {
    const items = [
      { sku: 'GD-303', quantity: 10 },
      { sku: 'BK-101', quantity: 1 },
    ];
    const { order } = await makeVisit(client, plainVisit({ currency: 'EUR', customer, items, coupon: 'SPRING20' }));
    // 89.50 + 24.90; 8 % off ten bags is 7.16; 20 % off the 107.24 left is 21.45; ten oversize pieces at 6.50 and
    // 4.90 postage; the tax rate is (89.50 * 19 % + 24.90 * 7 %) / 114.40 = 16.39 %.
    expect(order).toMatchObject({ subtotal: 114.4, discount: 28.61, charges: 69.9, tax: 25.52, total: 181.21 });
  });

  test('in another currency is converted price by price', async () => {
    const items = [{ sku: 'OF-402', quantity: 2 }];
    const visit = plainVisit({ currency: 'USD', customer: { ...customer, country: 'US' }, items });
    const { order } = await makeVisit(client, visit);
    expect(order).toMatchObject({
      currency: 'USD',
      subtotal: 125.28,
      discount: 0,
      charges: 26.89,
      tax: 0,
      total: 152.17,
    });
  });

  test('can be asked for by its number', async () => {
    const { order } = await makeVisit(client, plainVisit({ reference: 'asked-for' }));
    const { body } = await client.send('GET', `/orders/${order.number}`);
    expect(body).toMatchObject({ reference: 'asked-for', status: order.status, total: order.total });
  });

  test('is logged under the trace id that its caller was told', async () => {
    const { order, traceId } = await makeVisit(client, plainVisit({}));
    expect(traceId).toMatch(/^(?!0{32})[0-9a-f]{32}$/);
    await expect.poll(() => logLines()).toContainEqual(expect.objectContaining({ traceId, order: order.id }));
  });

  test.each([
    ['POST', '/orders', { cartId: 'none', reference: 'r', customer, card: planVisit(1, 0, ['A']).card }, 404],
    ['POST', '/orders', { cartId: 'none' }, 400],
    ['POST', '/carts', { currency: 'XYZ' }, 400],
    ['GET', '/orders/987654321', undefined, 404],
  ])('%s %s that cannot be done is refused', async (method, path, body, status) => {
    expect((await client.send(method, path, body)).status).toBe(status);
  });
});

describe(`the visits of seed ${DEFAULT_SEED}`, () => {
  test(
    'one order in 100 to 300 gets more discount than is due, and the log shows nothing but successes',
    async () => {
      const outcomes = await replayVisits(client, { seed: DEFAULT_SEED, from: 0, count: VISITS, concurrency: 8 });
      const wrong: string[] = [];
      for (const { visit, order } of outcomes) {
        const due = await dueDiscount(visit);
        if (Math.abs(order.discount - due) < 0.005) continue;
        wrong.push(order.reference);
        expect(order.discount).toBeGreaterThan(due);
        const kinds = order.adjustments.map(({ kind }) => kind);
        expect(kinds.filter((kind) => kind === 'coupon').length).toBe(1 + visit.previews);
      }
      expect(VISITS / wrong.length).toBeGreaterThan(100);
      expect(VISITS / wrong.length).toBeLessThan(300);

      const suspects = outcomes.filter(({ order }) => order.discount > order.subtotal * 0.4);
      expect(suspects.map(({ order }) => order.reference)).toEqual(wrong);
      expect(suspects.every(({ visit }) => visit.currency === 'EUR')).toBe(true);
      expect(logLines().filter(({ level }) => (level ?? 30) > 30)).toEqual([]);
    },
    SLOW_MACHINE_MS,
  );

  test(
    'have the same results again, however many are under way at a time',
    async () => {
      const results = async (concurrency: number) => {
        const outcomes = await replayVisits(client, { seed: DEFAULT_SEED, from: 0, count: 120, concurrency });
        return outcomes.map(({ order: { id, number, ...result } }) => result);
      };
      expect(await results(1)).toEqual(await results(12));
    },
    SLOW_MACHINE_MS,
  );
});

describe('the processes', () => {
  test(
    'traffic goes on through a gateway that is killed, and everything ends cleanly when asked to',
    async () => {
      const seen: string[] = [];
      let notify = (): void => {};
      const ownShop = await startShop({
        maxPaymentLatencyMs: 0,
        env: { LOG_LEVEL: 'warn' },
        traffic: { rate: 20 },
        onLine: (program, line) => {
          if (program === 'traffic') seen.push(line);
          notify();
        },
      });
      const lineFromTraffic = (part: string): Promise<void> =>
        new Promise((resolve) => {
          notify = () => {
            if (seen.some((line) => line.includes(part))) resolve();
          };
          notify();
        });
      try {
        ownShop.gateway.kill('SIGKILL');
        await ownShop.gateway.exited;
        await lineFromTraffic('"reachable":false');
        const second = await ownShop.startGatewayAgain();
        expect(second.url).toBe(ownShop.gatewayUrl);
        await lineFromTraffic('"reachable":true');
        expect(await ownShop.traffic?.stop()).toEqual({ code: 0, signal: null });
        expect(JSON.parse(seen.at(-1) ?? '')).toMatchObject({ seed: DEFAULT_SEED, orders: expect.any(Number) });
        expect(await second.stop()).toEqual({ code: 0, signal: null });
        expect(await ownShop.payments.stop()).toEqual({ code: 0, signal: null });
      } finally {
        await ownShop.stop();
      }
    },
    SLOW_MACHINE_MS,
  );

  test(
    'a gateway whose port is taken says so and nothing of it stays',
    async () => {
      const blocker = createServer().listen(0, '127.0.0.1');
      await once(blocker, 'listening');
      const address = blocker.address();
      if (address === null || typeof address === 'string') throw new Error('no port');
      await expect(startShop({ port: address.port })).rejects.toThrow('EADDRINUSE');
      blocker.close();
    },
    SLOW_MACHINE_MS,
  );
});

test('every line that the README probes is marked as good to probe', () => {
  const readme = readFileSync(new URL('./README.md', import.meta.url), 'utf8');
  const places = [...readme.matchAll(/examples\/shop\/(\S+\.ts):(\d+)/g)];
  expect(places.length).toBeGreaterThan(2);
  for (const [place, file, line] of places) {
    const source = readFileSync(new URL(`./${file}`, import.meta.url), 'utf8').split('\n')[Number(line) - 1];
    expect(source, place).toContain('// probe: ');
  }
});
