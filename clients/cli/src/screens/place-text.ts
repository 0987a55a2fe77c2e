import type { Location } from '@sonde/protocol';
import { printable } from '../output/printable.ts';

export function placeText({ file, line, column }: Location): string {
  return `${printable(file)}:${line}${column === undefined ? '' : `:${column}`}`;
}
