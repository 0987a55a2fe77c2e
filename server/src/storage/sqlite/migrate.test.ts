import { closeSync, openSync, readFileSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test-support/temporary-folder.ts';
import { openConnection } from './connection.ts';
import { type DataFolder, takeDataFolder } from './data-folder.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations.ts';
import { thisMachine } from './platform.ts';

describe('the database', () => {
  let base: ReturnType<typeof temporaryFolder>;
  let folder: DataFolder;

  beforeEach(() => {
    base = temporaryFolder();
    folder = takeDataFolder(base.path, thisMachine);
  });
  afterEach(() => {
    folder.release();
    base.remove();
  });

  function withDatabase<T>(work: (connection: ReturnType<typeof openConnection>) => T): T {
    const connection = openConnection(folder.database);
    try {
      return work(connection);
    } finally {
      connection.close();
    }
  }

  /** Refused for that reason, and not a byte of the file changed. */
  async function expectRefused(reason: string): Promise<void> {
    const before = readFileSync(folder.database);
    await expect(migrate(folder)).rejects.toMatchObject({ name: 'StartError', reason });
    expect(readFileSync(folder.database).equals(before)).toBe(true);
  }

  it('is made once, for its owner alone, with a WAL', async () => {
    await migrate(folder);
    await migrate(folder);
    expect(statSync(folder.database).mode & 0o777).toBe(0o600);
    withDatabase((connection) => {
      expect(connection.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
      const applied = connection.prepare('SELECT name FROM kysely_migration ORDER BY name').all();
      expect(applied.map((row) => row['name'])).toEqual(Object.keys(migrations));
    });
  });

  it('is refused unchanged when it is not a database', async () => {
    writeFileSync(folder.database, 'no database at all'.repeat(1_000));
    await expectRefused('data.corrupt');
  });

  it('is refused unchanged when a page of it is damaged', async () => {
    await migrate(folder);
    const file = openSync(folder.database, 'r+');
    writeSync(file, Buffer.alloc(3_000, 0xa5), 0, 3_000, 4_096);
    closeSync(file);
    await expectRefused('data.corrupt');
  });

  it('is refused unchanged when its end is missing', async () => {
    await migrate(folder);
    truncateSync(folder.database, 3 * 4_096);
    await expectRefused('data.corrupt');
  });

  it('is refused unchanged when it is of something else', async () => {
    withDatabase((connection) => connection.exec('CREATE TABLE songs (title TEXT)'));
    await expectRefused('data.foreign');
  });

  it('is refused unchanged when a newer server wrote it', async () => {
    await migrate(folder);
    withDatabase((connection) =>
      connection.exec("INSERT INTO kysely_migration VALUES ('0999-later', '2030-01-01T00:00:00.000Z')"),
    );
    await expectRefused('data.newer');
  });

  it('is as it was when a step of its migration fails', async () => {
    await migrate(folder);
    withDatabase((connection) => {
      connection.exec("DELETE FROM kysely_migration WHERE name = '0002-telemetry'");
      // The step makes several tables and then meets one that is there.
      connection.exec('DROP TABLE events');
      connection.exec('DROP TABLE event_counter');
    });
    await expect(migrate(folder)).rejects.toThrow(/ingest already exists/);
    withDatabase((connection) => {
      const tables = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
      expect(tables.map((table) => table['name'])).not.toContain('events');
    });
  });
});
