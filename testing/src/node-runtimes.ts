import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The supported major versions of Node, oldest first. */
export function supportedMajors(): readonly number[] {
  return Object.keys(pinnedVersions()).map(Number);
}

/** Path of the pinned Node of that major version. `npm test` and `npm run bench` fetch them; without it this throws. */
export function runtimePath(major: number): string {
  const file = join(root, '.runtime', pinnedVersions()[String(major)] ?? 'unsupported', 'node_modules/node/bin/node');
  if (!existsSync(file)) throw new Error(`Node ${major} is not in .runtime: run "npm test" once to fetch it`);
  return file;
}

function pinnedVersions(): { readonly [major: string]: string } {
  const text = readFileSync(join(root, 'scripts/runtimes.json'), 'utf8');
  return (JSON.parse(text) as { readonly supported: { readonly [major: string]: string } }).supported;
}
