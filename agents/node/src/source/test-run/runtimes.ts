import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../../../', import.meta.url));

/** The supported major versions, oldest first. */
export function supportedMajors(): readonly number[] {
  return Object.keys(versions().supported).map(Number);
}

/**
 * Path of the pinned Node of that major version. `npm test` fetches them into `.runtime/`; SONDE_TEST_RUNTIMES names a
 * folder that has them as `<major>/node_modules/node/bin/node`.
 */
export function runtimePath(major: number): string {
  const elsewhere = process.env['SONDE_TEST_RUNTIMES'];
  const folder =
    elsewhere === undefined
      ? join(root, '.runtime', versions().supported[String(major)] ?? '')
      : join(elsewhere, String(major));
  const file = join(folder, 'node_modules/node/bin/node');
  if (!existsSync(file)) {
    throw new Error(`Node ${major} is not there: run "npm test" once, or set SONDE_TEST_RUNTIMES`);
  }
  return file;
}

function versions(): { readonly supported: { readonly [major: string]: string } } {
  return JSON.parse(readFileSync(join(root, 'scripts/runtimes.json'), 'utf8'));
}
