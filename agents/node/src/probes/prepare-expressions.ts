import type { ErrorCode, Gear, ProbeDraft, Problem } from '@sonde/protocol/agent';
import { type PreparedExpression, prepareExpression } from '../expressions/prepare-expression.ts';
import { parseTemplate } from '../expressions/template.ts';
import type { Redaction } from '../redaction/redaction.ts';
import type { PreparedTemplate } from './log-hit.ts';

/** Everything of a probe that is code, checked against the names of one place. */
export interface PreparedExpressions {
  readonly condition: PreparedExpression | undefined;
  readonly watches: readonly PreparedExpression[];
  readonly template: PreparedTemplate;
  readonly gear: Gear;
}

export type ExpressionsResult =
  | { readonly kind: 'ok'; readonly prepared: PreparedExpressions }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/** Prepares all expressions; all that is wrong with any of them is told at once. */
export function prepareExpressions(
  draft: ProbeDraft,
  knownNames: readonly string[],
  redaction: Redaction,
): ExpressionsResult {
  const problems: Problem[] = [];
  const prepare = (text: string, field: string, offset?: number): PreparedExpression[] => {
    const result = prepareExpression(text, { redaction, field, knownNames, ...(offset !== undefined && { offset }) });
    if (result.kind === 'ok') return [result];
    problems.push(...result.problems);
    return [];
  };
  const [condition] = draft.condition === undefined ? [] : prepare(draft.condition, 'condition');
  const watches =
    draft.kind === 'snapshot' ? draft.watches.flatMap((text, index) => prepare(text, `watches[${index}]`)) : [];
  const template = draft.kind === 'log' ? prepareTemplate(draft.template, prepare, problems) : [];
  if (problems.length > 0) return { kind: 'refused', problems };
  const all = [condition, ...watches, ...template].filter((part) => part?.kind === 'ok');
  return { kind: 'ok', prepared: { condition, watches, template, gear: gearOfAll(all) } };
}

function prepareTemplate(
  text: string,
  prepare: (text: string, field: string, offset: number) => PreparedExpression[],
  problems: Problem[],
): PreparedTemplate {
  const parsed = parseTemplate(text);
  if (parsed.kind === 'refused') {
    problems.push(parsed.problem);
    return [];
  }
  return parsed.parts.flatMap(
    (part): PreparedTemplate => (part.kind === 'text' ? [part] : prepare(part.text, 'template', part.start)),
  );
}

function gearOfAll(expressions: readonly PreparedExpression[]): Gear {
  if (expressions.length === 0) return 'none';
  return expressions.some(({ gear }) => gear === 'sandboxed') ? 'sandboxed' : 'compiled';
}

const unknownName: ErrorCode = 'expression.unknown-name';

/** The names that expressions speak of and the place does not have: perhaps a breakpoint can read them. */
export function unknownNames(draft: ProbeDraft, knownNames: readonly string[], redaction: Redaction): string[] {
  const texts = [draft.condition, ...(draft.kind === 'snapshot' ? draft.watches : templateExpressions(draft.template))];
  return texts.flatMap((text) => {
    if (text === undefined) return [];
    const result = prepareExpression(text, { redaction, knownNames });
    if (result.kind === 'ok') return [];
    return result.problems.flatMap((problem) => {
      if (problem.code !== unknownName || !problem.range) return [];
      return [text.slice(problem.range.start, problem.range.end)];
    });
  });
}

function templateExpressions(template: string): string[] {
  const parsed = parseTemplate(template);
  return parsed.kind === 'ok' ? parsed.parts.filter(({ kind }) => kind === 'expression').map(({ text }) => text) : [];
}
