import { stripVTControlCharacters } from 'node:util';
import type { Paint } from './paint.ts';

/** Aligned columns under dim titles. Cells may carry colour; the last column is not padded. */
export function table(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  paint: Paint,
): readonly string[] {
  const head = titles.map((title) => paint('dim', title));
  return alignColumns([head, ...rows]);
}

export function alignColumns(rows: readonly (readonly string[])[], gap = 2): readonly string[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, visibleLength(cell));
  return rows.map((row) =>
    row
      .map((cell, index) => (index === row.length - 1 ? cell : padVisible(cell, (widths[index] ?? 0) + gap)))
      .join('')
      .trimEnd(),
  );
}

export function padVisible(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - visibleLength(text)));
}

/** Cuts a text without colour to the width, and shows that it did. */
export function clip(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}

function visibleLength(text: string): number {
  return stripVTControlCharacters(text).length;
}
