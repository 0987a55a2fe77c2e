import type { Bench, BenchCase } from './bench.ts';

const head = ['case', 'value', 'against', 'baseline', 'ratio', 'quartiles', 'required'];

/** A table for a person. */
export function table(bench: Bench, node: string, cases: readonly BenchCase[]): string {
  const rows = cases.map(cells);
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [
    `${bench.name} on Node ${node}`,
    bench.about,
    '',
    line(head),
    ...rows.map(line),
    ...partLines(cases),
    '',
  ].join('\n');
}

/** The last line: the same as data. */
export function json(bench: Bench, node: string, cases: readonly BenchCase[]): string {
  // Six digits are more than any of these figures has.
  const round = (_: string, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(6)) : value);
  return JSON.stringify({ bench: bench.name, node, cases }, round);
}

function cells(row: BenchCase): string[] {
  const show = row.ratio === null ? figure : times;
  return [
    row.case,
    `${figure(row.value)} ${row.unit}`,
    row.against,
    row.baseline === null ? '' : `${figure(row.baseline)} ${row.unit}`,
    row.ratio === null ? '' : times(row.ratio),
    `${show(row.spread[0])} to ${show(row.spread[1])}`,
    row.requirement ? `${row.requirement.text}: ${row.requirement.holds ? 'yes' : 'NO'}` : '',
  ];
}

function partLines(cases: readonly BenchCase[]): string[] {
  return cases.flatMap(({ case: name, against, unit, parts }) => {
    if (!parts) return [];
    const list = Object.entries(parts).map(([part, value]) => `${part} ${figure(value)} ${unit}`);
    return [`${name} against ${against}: ${list.join(', ')}`];
  });
}

function figure(value: number): string {
  return value >= 1_000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
}

/** A ratio that is far below 1 is read the other way round. */
function times(ratio: number): string {
  return ratio < 0.02 ? `1/${figure(1 / ratio)}` : `${Number(ratio.toPrecision(3))}x`;
}
