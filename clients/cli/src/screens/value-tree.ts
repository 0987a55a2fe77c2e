import type { CapturedField, CapturedValue } from '@sonde/protocol';
import type { Paint } from '../output/paint.ts';
import { printable } from '../output/printable.ts';
import { padVisible } from '../output/table.ts';
import { hasParts, missingText, valueSummary } from './value-summary.ts';

interface Row {
  readonly name: string;
  readonly depth: number;
  readonly text: string;
}

/** Where each numbered object was met first, so that a second meeting can name it. */
export type SeenObjects = ReadonlyMap<number, string>;

/** Names beyond this width push their own value to the right, not everybody's. */
const maxNameColumn = 36;

/** Named values as an indented tree: names in one column, values in the next. */
export function valueTree(fields: readonly CapturedField[], seen: SeenObjects, paint: Paint): readonly string[] {
  const rows = fields.flatMap(({ name, value }) => rowsOf(name, value, 0, seen, paint));
  const width = Math.min(maxNameColumn, Math.max(0, ...rows.map(({ name, depth }) => depth * 2 + name.length)));
  return rows.map(({ name, depth, text }) => {
    const label = `${'  '.repeat(depth)}${depth === 0 ? paint('bold', name) : name}`;
    return name === '' ? `${label}${text}` : `${padVisible(label, width)}  ${text}`;
  });
}

/** Finds the objects that a capture numbers, over all its parts. */
export function seenObjects(fields: readonly CapturedField[]): SeenObjects {
  const seen = new Map<number, string>();
  const visit = (path: string, value: CapturedValue): void => {
    if (value.id !== undefined && !seen.has(value.id)) seen.set(value.id, path);
    for (const field of value.fields ?? []) visit(`${path}.${field.name}`, field.value);
    for (const [index, element] of (value.elements ?? []).entries()) visit(`${path}[${index}]`, element);
    for (const entry of value.entries ?? []) {
      visit(`${path} key`, entry.key);
      visit(`${path}[${entry.key.text ?? entry.key.type}]`, entry.value);
    }
  };
  for (const { name, value } of fields) visit(name, value);
  return seen;
}

function rowsOf(name: string, value: CapturedValue, depth: number, seen: SeenObjects, paint: Paint): readonly Row[] {
  const own = { name: printable(name), depth, text: ownText(value, seen, paint) };
  const below = depth + 1;
  const rows: Row[] = [own];
  for (const field of value.fields ?? []) rows.push(...rowsOf(field.name, field.value, below, seen, paint));
  for (const [index, element] of (value.elements ?? []).entries())
    rows.push(...rowsOf(String(index), element, below, seen, paint));
  for (const { key, value: held } of value.entries ?? [])
    if (hasParts(key))
      rows.push(...rowsOf('key', key, below, seen, paint), ...rowsOf('value', held, below, seen, paint));
    else rows.push(...rowsOf(keyName(key), held, below, seen, paint));
  if (value.missing && hasParts(value))
    rows.push({ name: '', depth: below, text: paint('gray', missingText(value.missing, value)) });
  return rows;
}

function ownText(value: CapturedValue, seen: SeenObjects, paint: Paint): string {
  if (value.ref === undefined) return valueSummary(value, paint);
  const path = seen.get(value.ref);
  return paint('gray', path === undefined ? '↻ an object met before' : `↻ same as ${printable(path)}`);
}

function keyName(key: CapturedValue): string {
  if (key.missing === 'redacted') return '‹redacted›';
  return key.type === 'string' ? `"${key.text ?? ''}"` : (key.text ?? key.className ?? key.type);
}
