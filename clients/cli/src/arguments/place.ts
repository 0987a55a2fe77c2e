import { fileURLToPath } from 'node:url';
import type { Location } from '@sonde/protocol';
import { InvalidArgumentError } from 'commander';

/** Reads FILE:LINE or FILE:LINE:COLUMN. The file keeps as much of its path as was given: agents match it by its end. */
export function parsePlace(text: string): Location {
  const match = /^(?<file>.+?):(?<line>\d+)(?::(?<column>\d+))?$/.exec(text);
  const { file, line, column } = match?.groups ?? {};
  if (!file || !line) throw new InvalidArgumentError('Say a file and a line: src/orders.ts:42 or src/orders.ts:42:7.');
  if (Number(line) < 1 || (column !== undefined && Number(column) < 1))
    throw new InvalidArgumentError('Lines and columns count from 1.');
  return {
    file: normaliseFile(file),
    line: Number(line),
    ...(column !== undefined && { column: Number(column) }),
  };
}

function normaliseFile(given: string): string {
  const file = (given.startsWith('file:') ? fileURLToPath(given) : given).replaceAll('\\', '/');
  const root = /^([a-zA-Z]:)?\//.exec(file)?.[0] ?? '';
  const parts: string[] = [];
  for (const part of file.slice(root.length).split('/')) {
    // What a leading `..` climbs to is not known to the agent; the rest of the path still names the file.
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return root + parts.join('/');
}
