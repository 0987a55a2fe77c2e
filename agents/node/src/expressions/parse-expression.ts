import type { Problem } from '@sonde/protocol/agent';
import { type Expression, parse, parseExpressionAt } from 'acorn';
import type { Redaction } from '../redaction/redaction.ts';
import { checkTree } from './check-tree.ts';
import { Refusal } from './refusal.ts';
import type { Tree } from './tree.ts';

export type ParseResult =
  | { readonly kind: 'ok'; readonly tree: Tree }
  | { readonly kind: 'refused'; readonly problem: Problem };

// `await` and `super` are let through by the parser so that they can be refused with their names.
const options = {
  ecmaVersion: 2024,
  sourceType: 'module',
  allowAwaitOutsideFunction: true,
  allowSuperOutsideMethod: true,
  // Without it, the end of `(total)` would be reported before its parenthesis.
  preserveParens: true,
} as const;

/** Reads one expression. `offset` is where it stands in the text that its author sees; ranges count from there. */
export function parseExpression(text: string, redaction: Redaction, field?: string, offset = 0): ParseResult {
  try {
    return { kind: 'ok', tree: checkTree(parseWhole(text), redaction) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const range = { start: error.range.start + offset, end: error.range.end + offset };
    const problem = { code: error.code, message: error.message, range, ...(field === undefined ? {} : { field }) };
    return { kind: 'refused', problem };
  }
}

function parseWhole(text: string): Expression {
  if (text.trim() === '') {
    throw new Refusal('expression.syntax', 'there is no expression here', { start: 0, end: text.length });
  }
  const expression = parseAs(text, () => parseExpressionAt(text, 0, options));
  // The parser stops where the expression ends; only comments may follow.
  const rest = parseAs(text, () => parse(text.slice(expression.end), options), expression.end);
  const [extra] = rest.body;
  if (extra !== undefined) throw unexpected(text, expression.end + extra.start);
  return expression;
}

function parseAs<Result>(text: string, read: () => Result, offset = 0): Result {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SyntaxError) || !('pos' in error) || typeof error.pos !== 'number') throw error;
    // What follows a whole expression has no syntax error of its own worth telling: it should not be there at all.
    if (offset > 0)
      throw unexpected(text, offset + (text.slice(offset).length - text.slice(offset).trimStart().length));
    const start = Math.min(error.pos, text.length);
    const message = error.message.replace(/ \(\d+:\d+\)$/, '');
    const end = Math.min(start + 1, text.length);
    throw new Refusal('expression.syntax', start === text.length ? 'the expression ends too early' : message, {
      start,
      end,
    });
  }
}

function unexpected(text: string, start: number): Refusal {
  const message = `unexpected ${JSON.stringify(text.slice(start, start + 10))} after the end of the expression`;
  return new Refusal('expression.syntax', message, { start, end: text.length });
}
