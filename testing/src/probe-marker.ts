import { readFileSync } from 'node:fs';

/** The line, from 1, that ends with the comment `// probe: NAME` in that file. */
export function probeLine(path: string, name: string): number {
  const index = readFileSync(path, 'utf8')
    .split('\n')
    .findIndex((line) => line.trimEnd().endsWith(`// probe: ${name}`));
  if (index < 0) throw new Error(`${path} has no line marked "probe: ${name}"`);
  return index + 1;
}
