import { statSync } from 'node:fs';
import { Kysely, SqliteAdapter, SqliteDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import { StartError } from '../../start-error.ts';
import { type Connection, isFull, isSqliteError, openConnection, sqliteCode } from './connection.ts';
import { createPrivate, type DataFolder } from './data-folder.ts';
import { migrations } from './migrations.ts';

/** Up to this size the whole file is checked at each start: some tens of milliseconds. */
const checkedBytes = 64 * 1_048_576;

/** Makes the database, or brings an older one up to date. One it should not touch is refused unchanged. */
export async function migrate(folder: DataFolder): Promise<void> {
  createPrivate(folder.database, folder.path);
  const connection = await explained(folder.database, () => openConnection(folder.database));
  try {
    await explained(folder.database, () => requireOurs(folder.database, connection));
    await explained(folder.database, () => bringUpToDate(connection));
  } finally {
    connection.close();
  }
}

function requireOurs(file: string, connection: Connection): void {
  if (statSync(file).size <= checkedBytes) {
    const verdict = connection.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
    if (verdict !== 'ok') throw corrupt(file, verdict);
  }
  const tables = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  if (tables.length === 0) return;
  if (!tables.some((table) => table['name'] === 'kysely_migration')) {
    const message = `${file} is a database of something else`;
    throw new StartError('data.foreign', message, 'Choose another folder with --data');
  }
  const applied = connection.prepare('SELECT name FROM kysely_migration ORDER BY name').all();
  const unknown = applied.map((row) => String(row['name'])).find((name) => !Object.hasOwn(migrations, name));
  if (unknown === undefined) return;
  throw new StartError(
    'data.newer',
    `${file} was written by a newer server: this one does not know its step ${unknown}`,
    'Start the newer server, or choose another folder with --data',
  );
}

async function bringUpToDate(connection: Connection): Promise<void> {
  connection.exec('PRAGMA journal_mode = WAL');
  connection.exec('PRAGMA synchronous = FULL');
  const db = new Kysely<unknown>({ dialect: new LocalDialect({ database: asKyselyDatabase(connection) }) });
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}

class LocalDialect extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }
}

/** Kysely assumes that SQLite cannot roll back a change of tables, and would leave half a failed step behind. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** Kysely's SQLite dialect knows the shape of better-sqlite3. */
function asKyselyDatabase(connection: Connection) {
  return {
    close: () => {},
    prepare(sql: string) {
      const statement = connection.prepare(sql);
      return {
        reader: statement.columns().length > 0,
        all: (parameters: readonly unknown[]) => statement.all(...(parameters as string[])),
        run: (parameters: readonly unknown[]) => statement.run(...(parameters as string[])),
        iterate: (parameters: readonly unknown[]) => statement.iterate(...(parameters as string[])),
      };
    },
  };
}

async function explained<T>(file: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StartError) throw error;
    if (isSqliteError(error, sqliteCode.notADatabase) || isSqliteError(error, sqliteCode.corrupt))
      throw corrupt(file, error);
    if (isSqliteError(error, sqliteCode.cannotOpen) || isSqliteError(error, sqliteCode.readOnly)) {
      const message = `The database ${file} cannot be written to`;
      throw new StartError('data.not-writable', message, 'Give this user write permission on it', error);
    }
    if (isFull(error)) {
      const message = `There is no room for data on the disk of ${file}`;
      throw new StartError('data.full', message, 'Make room, or choose another disk with --data', error);
    }
    throw error;
  }
}

function corrupt(file: string, cause: unknown): StartError {
  const hint = 'Move it away to start with an empty one, or restore a copy';
  return new StartError('data.corrupt', `${file} is damaged or not a database`, hint, cause);
}
