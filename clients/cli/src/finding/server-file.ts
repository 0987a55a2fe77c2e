import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What `sonde up` leaves in its data folder for the other commands. */
export interface ServerFile {
  readonly url: string;
  readonly pid: number;
}

function path(folder: string): string {
  return join(folder, 'server.json');
}

/** By way of a new file, so that nobody reads half of it and a link or looser permissions there do no harm. */
export function writeServerFile(folder: string, server: ServerFile): void {
  const draft = `${path(folder)}.${randomUUID()}`;
  writeFileSync(draft, `${JSON.stringify(server)}\n`, { mode: 0o600, flag: 'wx' });
  renameSync(draft, path(folder));
}

/** Undefined when no server has left one, or not a whole one: it may have died while it wrote. */
export function readServerFile(folder: string): ServerFile | undefined {
  const text = readIfThere(path(folder));
  if (text === undefined) return undefined;
  try {
    const { url, pid } = JSON.parse(text);
    return typeof url === 'string' && Number.isSafeInteger(pid) ? { url, pid } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Only the server that wrote the file removes it: another one may have taken the folder over. */
export function removeServerFile(folder: string, pid: number): void {
  if (readServerFile(folder)?.pid === pid) rmSync(path(folder), { force: true });
}

/** The text of a file, undefined when there is none. */
export function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return undefined;
    throw error;
  }
}
