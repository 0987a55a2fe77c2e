// The only file that imports node:sqlite, whose API is still a release candidate.
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

export type Connection = DatabaseSync;
export type Statement = StatementSync;
export type SqlValue = SQLInputValue;

/** How long a statement waits for another connection's lock, in milliseconds. */
const busyTimeoutMs = 5_000;

/** Opens a database file; its WAL mode is set once, by the migration. */
export function openConnection(
  path: string,
  options: { readonly readOnly?: boolean; readonly timeoutMs?: number } = {},
) {
  const database = new DatabaseSync(path, {
    readOnly: options.readOnly ?? false,
    timeout: options.timeoutMs ?? busyTimeoutMs,
    enableForeignKeyConstraints: true,
    allowExtension: false,
  });
  return database;
}

/** SQLite's result codes that somebody here acts on; https://www.sqlite.org/rescode.html */
export const sqliteCode = {
  busy: 5,
  readOnly: 8,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
  /** The shared memory of the WAL could not grow: how a full disk shows when it strikes there. */
  shmSize: 4_874,
} as const;

/** The result code of an error that SQLite gave, extended where it is. */
function codeOf(error: unknown): number | undefined {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined;
  return typeof code === 'number' ? code : undefined;
}

/** Whether the error is this primary code or one of its extensions. */
export function isSqliteError(error: unknown, code: number): boolean {
  const own = codeOf(error);
  return own !== undefined && (own === code || (code < 256 && (own & 0xff) === code));
}

export function isFull(error: unknown): boolean {
  return isSqliteError(error, sqliteCode.full) || isSqliteError(error, sqliteCode.shmSize);
}
