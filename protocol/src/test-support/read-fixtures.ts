import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** `decoded`: what a decoder yields where that is not `message`. `path`: the field that a refusal names. */
export type Fixture = { readonly name: string; readonly message: unknown } & (
  | { readonly valid: true; readonly decoded?: unknown }
  | { readonly valid: false; readonly path: string }
);

const root = join(import.meta.dirname, '../../fixtures');

export function fixtureFolders(): readonly string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

/** The fixtures of one message, each named by its file. */
export function readFixtures(message: string): readonly Fixture[] {
  return readdirSync(join(root, message)).map((file) => ({
    ...JSON.parse(readFileSync(join(root, message, file), 'utf8')),
    name: `${message}/${file.replace(/\.json$/, '')}`,
  }));
}
