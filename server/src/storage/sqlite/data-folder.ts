import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { StartError } from '../../start-error.ts';
import { isSqliteError, openConnection, sqliteCode } from './connection.ts';
import { type Platform, requireLocalDisk, requireSqlite } from './platform.ts';

/** The data folder while this process, and no other, has it. */
export interface DataFolder {
  readonly path: string;
  readonly database: string;
  release(): void;
}

/** Makes or takes the folder for this process alone. Refuses with a `StartError` and then has changed nothing. */
export function takeDataFolder(folder: string, platform: Platform): DataFolder {
  const path = resolve(folder);
  requireSqlite(platform);
  makeFolder(path);
  requireLocalDisk(platform, path);
  requireWritable(path);
  const release = lock(path);
  return { path, database: join(path, 'sonde.db'), release };
}

/** A level at a time: asked for all at once, Node 24 tries for ever where the system knows no such folder, as in /proc. */
function makeFolder(path: string): void {
  const missing: string[] = [];
  for (let at = path; !existsSync(at) && at !== dirname(at); at = dirname(at)) missing.unshift(at);
  try {
    for (const folder of missing) makeLevel(folder);
  } catch (error) {
    throw folderError(path, error);
  }
  if (!statSync(path).isDirectory()) throw notAFolder(path);
}

function makeLevel(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}

/** By trying: permission bits do not tell of read-only mounts, access lists or full disks. */
function requireWritable(path: string): void {
  const probe = join(path, `.writable-${randomUUID()}`);
  try {
    closeSync(openSync(probe, 'wx', 0o600));
    rmSync(probe);
  } catch (error) {
    throw folderError(path, error);
  }
}

/**
 * Holds an exclusive transaction of SQLite on a file of its own for as long as the server runs. The lock is the kernel's
 * and ends with the process however it ends, so a `kill -9` leaves nothing stale behind.
 */
function lock(path: string): () => void {
  const file = join(path, 'lock');
  // Only when it is not there: closing a file drops the kernel's locks that this process holds on it.
  if (!existsSync(file)) createPrivate(file, path);
  const connection = openConnection(file, { timeoutMs: 0 });
  try {
    connection.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    connection.close();
    if (!isSqliteError(error, sqliteCode.busy)) throw folderError(path, error);
    throw new StartError(
      'data.in-use',
      `Another server is running on the data folder ${path}`,
      'Stop that one first, or give this one a folder of its own with --data',
      error,
    );
  }
  return () => connection.close();
}

/** Creates an empty file that only its owner can read, unless it exists; SQLite itself would go by the umask. */
export function createPrivate(file: string, folder: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw folderError(folder, error);
  }
}

function notAFolder(path: string): StartError {
  return new StartError('data.not-a-folder', `${path} is a file, not a folder`, 'Choose a folder with --data');
}

function folderError(path: string, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EEXIST') return notAFolder(path);
  if (code === 'ENOTDIR') {
    const message = `${path} cannot be made: a part of that path is a file, not a folder`;
    return new StartError('data.not-a-folder', message, 'Choose a folder with --data', error);
  }
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    const message = `There is no room for data on the disk of ${path}`;
    return new StartError('data.full', message, 'Make room, or choose another disk with --data', error);
  }
  if (code === 'ENOENT') {
    const message = `The data folder ${path} cannot be made: the system takes no new folder there`;
    return new StartError('data.not-writable', message, 'Choose another folder with --data', error);
  }
  if (code !== 'EACCES' && code !== 'EPERM' && code !== 'EROFS') return error;
  return new StartError(
    'data.not-writable',
    `The data folder ${path} cannot be written to (${code})`,
    'Give this user write permission there, or choose another folder with --data',
    error,
  );
}
