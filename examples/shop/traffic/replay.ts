import { makeVisit, type VisitOutcome } from './make-visit.ts';
import type { ShopClient } from './shop-client.ts';
import { planVisit, type Visit } from './visit.ts';

export interface ReplayOptions {
  readonly seed: number;
  readonly from: number;
  readonly count: number;
  readonly concurrency: number;
}

/**
 * Makes a fixed set of visits as fast as the gateway answers, for work that must be the same each time.
 * @returns the outcomes in the order of the visits
 * @throws as soon as one visit fails
 */
export async function replayVisits(
  client: ShopClient,
  { seed, from, count, concurrency }: ReplayOptions,
): Promise<readonly (VisitOutcome & { readonly visit: Visit })[]> {
  const skus = await client.skus();
  const outcomes: (VisitOutcome & { readonly visit: Visit })[] = new Array(count);
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      const position = next;
      next += 1;
      const visit = planVisit(seed, from + position, skus);
      outcomes[position] = { visit, ...(await makeVisit(client, visit)) };
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return outcomes;
}
