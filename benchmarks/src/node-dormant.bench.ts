import type { Bench, BenchCase, NodeVersion, Requirement } from './bench.ts';
import { measureGeneration, type PairedBlocks } from './node-dormant/generation.ts';
import { median, pairedRatios, quartiles } from './statistics.ts';

const defaultPairs = 20;
const pairsPerGeneration = 2;

/** What the agent costs a service while nobody asks it anything. */
export const nodeDormant: Bench = {
  name: 'node-dormant',
  about: `CPU time per request of the example shop's gateway: the whole process, the agent's own thread included, as it says
itself, while fixed visits are replayed as fast as it answers. With the agent connected, guards in every file of the shop and
no probes, against the mean of two gateways without the agent. The three stand side by side, warmed up, and the same visits
go through one after the other, the order turned round each time; after two such rounds all are started anew, because
processes of the same program differ among each other. "noise" is one gateway without the agent against the other: what a
difference must exceed to be one. Proven: the orders are the same, the agent is connected, and its guards stand.`,
  refusal: refusalOf,
  async run({ node, rounds = defaultPairs, quick, progress }) {
    const pairs = quick ? 1 : rounds;
    const amounts = quick ? { warmVisits: 20, visits: 20 } : { warmVisits: 1_000, visits: 400 };
    const blocks: PairedBlocks[] = [];
    while (blocks.length < pairs) {
      const count = Math.min(pairsPerGeneration, pairs - blocks.length);
      blocks.push(...(await measureGeneration({ node, pairs: count, ...amounts })));
      progress(`${blocks.length} of ${pairs} pairs`);
    }
    const [agent, plain, twin] = (['agent', 'plain', 'twin'] as const).map((name) =>
      blocks.map((block) => block[name].cpuMs / block[name].requests),
    ) as [number[], number[], number[]];
    const noise = compare('noise', twin, plain);
    const without = plain.map((value, index) => (value + (twin[index] ?? value)) / 2);
    const cost = compare('cpu-per-request', agent, without);
    return [{ ...cost, requirement: withinNoise(cost, noise) }, noise];
  },
};

function compare(name: string, values: readonly number[], baselines: readonly number[]): BenchCase {
  const ratios = pairedRatios(values, baselines);
  return {
    case: name,
    against: 'no-agent',
    value: median(values),
    baseline: median(baselines),
    unit: 'ms',
    ratio: median(ratios),
    spread: quartiles(ratios),
  };
}

/**
 * The noise is the quartile of the A/A ratios that is farther from 1, taken to both sides: which of two like gateways is
 * the first is chance.
 */
function withinNoise({ ratio }: BenchCase, { spread }: BenchCase): Requirement {
  const high = Math.max(spread[1], 1 / spread[0]);
  const holds = ratio !== null && ratio <= high && ratio >= 1 / high;
  return { text: `within the noise, ${(1 / high).toFixed(3)} to ${high.toFixed(3)}`, holds };
}

function refusalOf({ major, minor }: NodeVersion): string | undefined {
  if (major > 22 || (major === 22 && minor >= 18)) return undefined;
  return 'the example shop is TypeScript that Node runs as it is: it needs Node 24, and runs on 22.18 or later';
}
