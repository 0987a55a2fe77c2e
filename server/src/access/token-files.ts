import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AccessService } from './access-service.ts';
import { type TokenKind, tokenKinds } from './token.ts';

/** Permissions of everybody but the owner. */
const others = 0o077;

/**
 * Sees to it that the data folder holds one working token of each kind, in files only their owner can read. A file that
 * is gone, or whose token has ended, is written anew: who can write here could change the database as well. Answers the
 * paths; the tokens themselves are never shown.
 */
export async function keepTokenFiles(
  folder: string,
  access: AccessService,
): Promise<{ readonly [K in TokenKind]: string }> {
  for (const kind of tokenKinds) {
    const path = tokenFile(folder, kind);
    const text = (await readFile(path, 'utf8').catch(absent))?.trim();
    if (text === undefined || !access.accepts(text, kind)) await replace(path, await access.issue(kind, kind));
    else if (((await stat(path)).mode & others) !== 0) await replace(path, text);
  }
  return { admin: tokenFile(folder, 'admin'), agent: tokenFile(folder, 'agent') };
}

function tokenFile(folder: string, kind: TokenKind): string {
  return join(folder, `${kind}-token`);
}

/** By way of a new file, so that a reader never meets half a token nor a file with someone else's permissions. */
async function replace(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  try {
    await writeFile(draft, `${text}\n`, { mode: 0o600, flag: 'wx' });
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
}

function absent(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}
