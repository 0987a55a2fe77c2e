import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../../../', import.meta.url);

/** `FILE:LINE` of the line that ends with the comment `// probe: NAME`. */
export function probeLine(file: string, name: string): string {
  const lines = readFileSync(fileURLToPath(new URL(file, root)), 'utf8').split('\n');
  const index = lines.findIndex((line) => line.endsWith(`// probe: ${name}`));
  if (index < 0) throw new Error(`${file} has no line marked "probe: ${name}"`);
  return `${file}:${index + 1}`;
}
