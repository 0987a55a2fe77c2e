import type { Bench, BenchCase } from './bench.ts';
import { breakpointVariant } from './node-hit/breakpoint-variant.ts';
import { hitCases } from './node-hit/cases.ts';
import { handWrittenVariant } from './node-hit/hand-written-variant.ts';
import { type Amounts, type Measured, measure } from './node-hit/measure.ts';
import { probeVariant } from './node-hit/probe-variant.ts';
import { type Subject, subjects } from './node-hit/subject.ts';
import type { Variant } from './node-hit/variant.ts';
import { interleave } from './rounds.ts';

const variants: readonly Variant[] = [probeVariant, handWrittenVariant, breakpointVariant];
const defaultRounds = 11;

/** What one hit costs the application's thread, by a probe, by hand and by V8's own breakpoint. */
export const nodeHit: Bench = {
  name: 'node-hit',
  about: `One call of a function that multiplies two numbers, with something done at one of its lines: by a probe (the built
agent, the probe placed over the wire, its budget and rate lifted to a whole core and 10,000,000 hits a second), by a
statement written at the same place of the same file and no agent, and by a V8 breakpoint set from a worker and no agent.
All in this run: one process for each and round, interleaved, the order turned round every round; medians of processes,
ratios of pairs. Figures hold the function's own nanosecond ("function"), so that nothing is a difference of large numbers.
no-op: a condition that is the constant false; by hand an empty function is called.
false-condition: "total > 1e12", which never holds. Both by the wall clock, over slices of calls, of which the median counts:
the agent's other thread does not enter, nor do slices that were interrupted, and every Node has this clock.
log: a line of two values. "log" is the CPU time of the application's thread for all of it, clearing up and handing the lines
to another thread included; by hand, lines also go to another thread. "log-in-line" is the call alone, as above.
Proven before and after: the sums, every counter, and every line that must arrive, once, in order, with its text.`,
  async run({ node, rounds = defaultRounds, quick, progress }) {
    const cases: BenchCase[] = [];
    for (const subject of subjects) {
      const work = new Map(
        variants.map((variant) => [
          variant.name,
          () => measure(variant, subject, node, amountsFor(subject, variant, quick)),
        ]),
      );
      const say = (round: number) => progress(`${subject.name}: round ${round} of ${quick ? 1 : rounds}`);
      const results = await interleave<Variant['name'], Measured>(work, quick ? 1 : rounds, say);
      cases.push(...hitCases(subject, results));
    }
    return cases;
  },
};

/** A hit of a breakpoint takes ten thousand times as long: fewer of them take as much time. */
function amountsFor(subject: Subject, variant: Variant, quick: boolean): Amounts {
  const breakpoint = variant.name === 'v8-breakpoint';
  const share = quick ? 0.1 : 1;
  const common = { warmCalls: subject.leavesLines ? 20_000 : 2_000_000 * share, settleBursts: 1, bursts: 1 };
  if (breakpoint) {
    const calls = { provenCalls: 100, settleSlices: 1, slices: 15 * share + 1, callsPerSlice: 100 };
    return { ...common, ...calls, slices: Math.floor(calls.slices) };
  }
  if (subject.leavesLines) {
    const [settleBursts, bursts] = quick ? [1, 2] : [5, 10];
    return {
      ...common,
      provenCalls: 1_234,
      settleSlices: 0,
      slices: 100 * share,
      callsPerSlice: 100,
      settleBursts,
      bursts,
    };
  }
  return {
    ...common,
    provenCalls: 12_345,
    settleSlices: 200 * share,
    slices: 100 * share,
    callsPerSlice: 1_000_000 * share,
  };
}
