import type { CapturedValue, MissingReason, ValueType } from '@sonde/protocol';
import type { Paint } from '../output/paint.ts';
import { printable } from '../output/printable.ts';
import { grouped } from '../output/wording.ts';

const colours: { readonly [type in ValueType]?: Parameters<Paint>[0] } = {
  undefined: 'gray',
  null: 'gray',
  boolean: 'yellow',
  number: 'cyan',
  bigint: 'cyan',
  string: 'green',
  symbol: 'magenta',
  function: 'blue',
  date: 'magenta',
  regexp: 'magenta',
  error: 'red',
};

/** Longer text is cut on the screen; `--json` has all of it. */
const maxShown = 400;

/** One value on one line, without what is inside it. */
export function valueSummary(value: CapturedValue, paint: Paint): string {
  if (value.missing === 'redacted') return paint('yellow', '‹redacted›');
  if (value.missing === 'getter') return paint('gray', '‹getter, not run›');
  const colour = colours[value.type];
  const text = shortText(value);
  const shown = colour ? paint(colour, text) : text;
  const absent = value.missing && !hasParts(value) ? ` ${paint('gray', missingText(value.missing, value))}` : '';
  return text === '' ? absent.trimStart() : shown + absent;
}

/** Why something, or the rest, is not there. */
export function missingText(reason: MissingReason, value: CapturedValue): string {
  switch (reason) {
    case 'count':
      return value.size === undefined ? '… more' : `… ${grouped(Math.max(0, value.size - partCount(value)))} more`;
    case 'depth':
      return '… depth limit';
    case 'size':
      return value.type === 'string' && value.size !== undefined
        ? `… of ${grouped(value.size)} characters`
        : '… size limit';
    case 'time':
      return '… out of time';
    case 'redacted':
      return '‹redacted›';
    case 'getter':
      return '‹getter, not run›';
    case 'error':
      return '‹reading it failed›';
    case 'unavailable':
      return '‹not available here›';
  }
}

export function hasParts(value: CapturedValue): boolean {
  return partCount(value) > 0;
}

function partCount(value: CapturedValue): number {
  return (value.fields?.length ?? 0) + (value.elements?.length ?? 0) + (value.entries?.length ?? 0);
}

type Writer = (text: string, name: string, size: string) => string;

const counted =
  (fallback: string): Writer =>
  (_, name, size) =>
    `${name || fallback}(${size})`;

const named =
  (fallback: string): Writer =>
  (text, name) =>
    `${name || fallback}${text && ` ${text}`}`;

const writers: { readonly [type in ValueType]?: Writer } = {
  string: (text) => `"${text}"`,
  bigint: (text) => (text.endsWith('n') ? text : `${text}n`),
  array: counted('Array'),
  map: counted('Map'),
  set: counted('Set'),
  bytes: (text, name, size) => `${name || 'bytes'}(${size})${text && ` ${text}`}`,
  object: named('Object'),
  promise: named('Promise'),
  proxy: named('Proxy'),
  function: (text, name) => `ƒ ${text || name || '(anonymous)'}`,
  error: (text, name) => (text.startsWith(name || 'Error') ? text : `${name || 'Error'}: ${text}`),
};

function shortText(value: CapturedValue): string {
  if (value.text === undefined && value.missing && value.type === 'string') return '';
  const text = cut(value.text ?? '');
  const size = grouped(value.size ?? value.elements?.length ?? value.entries?.length ?? 0);
  const write = writers[value.type];
  return write ? write(text, printable(value.className ?? ''), size) : text || value.type;
}

function cut(text: string): string {
  if (text.length <= maxShown) return printable(text);
  return `${printable(text.slice(0, maxShown))}… (${grouped(text.length)} characters, all with --json)`;
}
