import type { Probe, ProbeDraft, Problem } from '@sonde/protocol';
import type { Paint } from '../output/paint.ts';
import { printable } from '../output/printable.ts';
import { nearestNames } from './nearest-names.ts';

/** The text that a problem's range points into, by the field it names. */
export function problemSource(field: string | undefined, draft: ProbeDraft | Probe): string | undefined {
  if (field === 'condition') return draft.condition;
  if (field === 'template' && draft.kind === 'log') return draft.template;
  const index = /^watches\[(\d+)\]$/.exec(field ?? '')?.[1];
  return index !== undefined && draft.kind === 'snapshot' ? draft.watches[Number(index)] : undefined;
}

/** A problem for a person: what is wrong, the place in the expression underlined, and what would be accepted. */
export function problemLines(
  problem: Problem,
  paint: Paint,
  source?: string,
  sourceLines?: SourceLines,
): readonly string[] {
  return [
    `${printable(problem.message)} ${paint('gray', `(${problem.code})`)}`,
    ...underlined(problem, paint, source),
    ...nearestLines(problem, paint, sourceLines),
    ...candidates(problem, source),
  ];
}

/** Text of a line of the file that was named, as far as it can be read here. */
export type SourceLines = (line: number) => string | undefined;

function underlined({ range }: Problem, paint: Paint, source: string | undefined): readonly string[] {
  if (source === undefined) return [];
  if (!range) return [`    ${printable(source)}`];
  // What is escaped grows, so the marks are placed by the escaped text before them.
  const before = printable(source.slice(0, range.start)).length;
  const length = printable(source.slice(range.start, range.end)).length;
  return [`    ${printable(source)}`, `    ${' '.repeat(before)}${paint('red', '^'.repeat(Math.max(1, length)))}`];
}

function nearestLines(
  { nearestLines: lines }: Problem,
  paint: Paint,
  sourceLines: SourceLines | undefined,
): readonly string[] {
  if (!lines || lines.length === 0) return [];
  const width = Math.max(...lines.map((line) => String(line).length));
  return [
    '  nearest lines with code:',
    ...lines.map((line) => {
      const text = sourceLines?.(line)?.trim();
      return `    ${String(line).padStart(width)}${text ? `  ${paint('gray', printable(text))}` : ''}`;
    }),
  ];
}

const candidateTitles: { readonly [code: string]: string } = {
  'location.file-ambiguous': 'say more of the path:',
  'location.file-unknown': 'did you mean:',
};

function candidates(problem: Problem, source: string | undefined): readonly string[] {
  const { code, candidates: names } = problem;
  if (!names || names.length === 0) return [];
  if (code === 'expression.unknown-name') return [`  ${namesLine(problem, names, source)}`];
  return [`  ${candidateTitles[code] ?? 'would be accepted:'}`, ...names.map((name) => `    ${printable(name)}`)];
}

/** All names of a line are too many to help; the agent does not know which of them was meant. */
const maxSuggested = 3;

function namesLine({ range }: Problem, names: readonly string[], source: string | undefined): string {
  const meant = range && source ? source.slice(range.start, range.end) : '';
  const near = nearestNames(meant, names, maxSuggested);
  return near.length > 0
    ? `did you mean: ${near.map(printable).join(', ')}`
    : `names there: ${names.map(printable).join(', ')}`;
}
