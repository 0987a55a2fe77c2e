import { expect, it } from 'vitest';
import type { Bench, BenchCase } from './bench.ts';
import { json, table } from './report.ts';

const bench: Bench = { name: 'example', about: 'What it is.', run: async () => [] };
const cases: readonly BenchCase[] = [
  {
    case: 'hit',
    against: 'hand-written',
    value: 1.3000000001,
    baseline: 1.1,
    unit: 'ns',
    ratio: 1.1818181818,
    spread: [1.1, 1.2],
    parts: { call: 1, 'all the rest': 0.3 },
    requirement: { text: 'at most 1x', holds: false },
  },
  {
    case: 'hit',
    against: 'v8-breakpoint',
    value: 1.3,
    baseline: 52_000,
    unit: 'ns',
    ratio: 0.000025,
    spread: [0.00002, 0.00004],
  },
  { case: 'p50', against: '', value: 7.25, baseline: null, unit: 'ms', ratio: null, spread: [7, 8] },
];

it('shows each case in a row, small ratios the other way round, and what is not kept', () => {
  expect(table(bench, 'v24.0.0', cases)).toBe(
    [
      'example on Node v24.0.0',
      'What it is.',
      '',
      'case  value    against        baseline   ratio     quartiles             required',
      'hit   1.3 ns   hand-written   1.1 ns     1.18x     1.1x to 1.2x          at most 1x: NO',
      'hit   1.3 ns   v8-breakpoint  52,000 ns  1/40,000  1/50,000 to 1/25,000',
      'p50   7.25 ms                                      7 to 8',
      'hit against hand-written: call 1 ns, all the rest 0.3 ns',
      '',
    ].join('\n'),
  );
});

it('gives the same as data, null where there is nothing to compare with', () => {
  const data = JSON.parse(json(bench, 'v24.0.0', cases));
  expect(data).toMatchObject({ bench: 'example', node: 'v24.0.0' });
  expect(data.cases[0]).toMatchObject({ value: 1.3, baseline: 1.1, ratio: 1.18182, unit: 'ns' });
  expect(data.cases[2]).toMatchObject({ case: 'p50', baseline: null, ratio: null });
});
