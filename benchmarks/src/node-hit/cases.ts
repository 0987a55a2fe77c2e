import type { BenchCase, Requirement } from '../bench.ts';
import { median, pairedRatios, quartiles } from '../statistics.ts';
import type { Measured } from './measure.ts';
import type { Subject } from './subject.ts';
import type { Variant } from './variant.ts';

type Results = ReadonlyMap<Variant['name'], readonly Measured[]>;
type Baseline = Exclude<Variant['name'], 'probe'>;

/** The rows of one subject. */
export function hitCases(subject: Subject, results: Results): readonly BenchCase[] {
  const row = (name: string, against: Baseline, read: (measured: Measured) => number) =>
    compare(name, against, figures(results, 'probe', read), figures(results, against, read));
  const inLine = ({ inLineNs }: Measured) => inLineNs;
  const total = ({ totalNs, inLineNs }: Measured) => totalNs ?? inLineNs;
  if (!subject.leavesLines) {
    return [row(subject.name, 'hand-written', inLine), row(subject.name, 'v8-breakpoint', inLine)];
  }
  const inHit = median(figures(results, 'probe', inLine));
  const inHitByHand = median(figures(results, 'hand-written', inLine));
  const whole = row('log', 'hand-written', total);
  const parts = {
    'in the hit': inHit,
    'handed over': whole.value - inHit,
    'by hand in the line': inHitByHand,
    'by hand handed over': (whole.baseline ?? 0) - inHitByHand,
  };
  return [
    { ...whole, parts },
    row('log-in-line', 'hand-written', inLine),
    row('log', 'v8-breakpoint', total),
    row('log-in-line', 'v8-breakpoint', inLine),
  ];
}

function figures(results: Results, name: Variant['name'], read: (measured: Measured) => number): readonly number[] {
  return (results.get(name) ?? []).map(read);
}

function compare(name: string, against: Baseline, values: readonly number[], baselines: readonly number[]): BenchCase {
  const ratios = pairedRatios(values, baselines);
  const ratio = median(ratios);
  const requirement = requirementOf(name, against, ratio);
  return {
    case: name,
    against,
    value: median(values),
    baseline: median(baselines),
    unit: 'ns',
    ratio,
    spread: quartiles(ratios),
    ...(requirement && { requirement }),
  };
}

function requirementOf(name: string, against: Baseline, ratio: number): Requirement | undefined {
  if (name === 'false-condition' && against === 'hand-written') return { text: 'at most 3x', holds: ratio <= 3 };
  if (name === 'false-condition') return { text: 'at least 1,000x cheaper', holds: ratio <= 1 / 1_000 };
  if (name === 'log' && against === 'hand-written') return { text: 'at most 2x', holds: ratio <= 2 };
  return undefined;
}
