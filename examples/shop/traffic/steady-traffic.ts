import { setTimeout as delay } from 'node:timers/promises';
import { makeVisit } from './make-visit.ts';
import type { ShopClient } from './shop-client.ts';
import { planVisit } from './visit.ts';

export interface SteadyTrafficOptions {
  readonly seed: number;
  /** Visits per second; each visit places one order and takes three to nine requests. */
  readonly rate: number;
  /** Ends the traffic; visits under way are finished. */
  readonly signal: AbortSignal;
  /** Called when the gateway goes away and when it is back. */
  readonly onReachable: (reachable: boolean, reason: string) => void;
}

export interface TrafficSummary {
  readonly visits: number;
  readonly orders: number;
  readonly declined: number;
  readonly failedVisits: number;
}

/** So that a gateway which hangs does not make visits pile up here. */
const MAX_VISITS_UNDER_WAY = 200;
const RETRY_MS = 250;

/** Sends visits at a steady rate until the signal ends it, through restarts of the gateway. */
export async function runSteadyTraffic(
  client: ShopClient,
  { seed, rate, signal, onReachable }: SteadyTrafficOptions,
): Promise<TrafficSummary> {
  const count = { visits: 0, orders: 0, declined: 0, failedVisits: 0 };
  const underWay = new Set<Promise<void>>();
  let reachable = true;
  const report = (now: boolean, reason: string): void => {
    if (now !== reachable) onReachable(now, reason);
    reachable = now;
  };

  const visit = async (index: number, skus: readonly string[]): Promise<void> => {
    try {
      const { order } = await makeVisit(client, planVisit(seed, index, skus));
      count.orders += 1;
      if (order.status === 'declined') count.declined += 1;
      report(true, 'the gateway answers');
    } catch (error) {
      count.failedVisits += 1;
      report(false, String(error));
    }
  };

  const skus = await firstSkus(client, signal, report);
  let due = performance.now();
  while (!signal.aborted) {
    if (underWay.size < MAX_VISITS_UNDER_WAY) {
      const started = visit(count.visits, skus).finally(() => underWay.delete(started));
      underWay.add(started);
      count.visits += 1;
    }
    due += 1_000 / rate;
    // What a sleeping machine missed is not made up for: the rate stays steady.
    due = Math.max(due, performance.now() - 1_000);
    await pause(due - performance.now(), signal);
  }
  await Promise.all(underWay);
  return count;
}

async function firstSkus(
  client: ShopClient,
  signal: AbortSignal,
  report: (reachable: boolean, reason: string) => void,
): Promise<readonly string[]> {
  while (!signal.aborted) {
    try {
      const skus = await client.skus();
      report(true, 'the gateway answers');
      return skus;
    } catch (error) {
      report(false, String(error));
      await pause(RETRY_MS, signal);
    }
  }
  return [];
}

async function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  if (durationMs <= 0) return;
  await delay(durationMs, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
