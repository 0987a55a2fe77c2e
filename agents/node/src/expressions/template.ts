import type { Problem } from '@sonde/protocol/agent';
import { tokenizer, tokTypes } from 'acorn';

/** A template's parts in order. `start` is where an expression stands in the template. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'expression'; readonly text: string; readonly start: number };

export type TemplateResult =
  | { readonly kind: 'ok'; readonly parts: readonly TemplatePart[] }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** `text {expression} text`; `{{` and `}}` are the braces themselves. */
export function parseTemplate(template: string, field = 'template'): TemplateResult {
  const parts: TemplatePart[] = [];
  let text = '';
  let index = 0;
  while (index < template.length) {
    const character = template[index] as string;
    const isBrace = character === '{' || character === '}';
    if (!isBrace || template[index + 1] === character) {
      text += character;
      index += isBrace ? 2 : 1;
      continue;
    }
    const found = expressionAt(template, index, field);
    if (found.kind === 'refused') return found;
    if (text !== '') parts.push({ kind: 'text', text });
    text = '';
    parts.push({ kind: 'expression', text: found.text, start: found.start });
    index = found.start + found.text.length + 1;
  }
  if (text !== '') parts.push({ kind: 'text', text });
  return { kind: 'ok', parts };
}

function expressionAt(
  template: string,
  index: number,
  field: string,
): Extract<TemplatePart, { kind: 'expression' }> | Extract<TemplateResult, { kind: 'refused' }> {
  if (template[index] === '}') {
    return refuse('this } closes nothing; write }} for a brace in the text', index, index + 1, field);
  }
  const end = closingBrace(template, index + 1);
  if (end === undefined) {
    const message = 'this { is never closed; write } after the expression, or {{ for a brace in the text';
    return refuse(message, index, template.length, field);
  }
  const text = template.slice(index + 1, end);
  if (text.trim() === '') {
    const message = 'there is no expression between { and }; write {{ }} for braces in the text';
    return refuse(message, index, end + 1, field);
  }
  return { kind: 'expression', text, start: index + 1 };
}

function refuse(
  message: string,
  start: number,
  end: number,
  field: string,
): Extract<TemplateResult, { kind: 'refused' }> {
  return { kind: 'refused', problem: { code: 'template.syntax', message, field, range: { start, end } } };
}

/** Where the expression that begins at `from` ends: the first brace that its own tokens do not open. */
function closingBrace(template: string, from: number): number | undefined {
  try {
    return closingToken(template, from);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // The expression is broken; it ends at the next brace, and its own parser says what is wrong with it.
    const plain = template.indexOf('}', from);
    return plain === -1 ? undefined : plain;
  }
}

function closingToken(template: string, from: number): number | undefined {
  // In parentheses, so that the first brace opens an object literal. They take the place of one character before it.
  const source = `(${template.slice(from)}`;
  let depth = 0;
  for (const token of tokenizer(source, { ecmaVersion: 2024, sourceType: 'module' })) {
    if (token.type === tokTypes.braceL || token.type === tokTypes.dollarBraceL) depth += 1;
    if (token.type !== tokTypes.braceR) continue;
    if (depth === 0) return from + token.start - 1;
    depth -= 1;
  }
  return undefined;
}
