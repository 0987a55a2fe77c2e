import { Kysely } from 'kysely';
import type { AccessStore } from '../../access/access-store.ts';
import type { EventStore } from '../../events/event-store.ts';
import type { ProbeStore } from '../../probes/probe-store.ts';
import { type Connection, openConnection } from './connection.ts';
import { type DataFolder, takeDataFolder } from './data-folder.ts';
import { migrate } from './migrate.ts';
import { type Platform, thisMachine } from './platform.ts';
import { SqliteAccessStore } from './sqlite-access-store.ts';
import { SqliteEventStore } from './sqlite-event-store.ts';
import { SqliteProbeStore } from './sqlite-probe-store.ts';
import { stateDialect } from './state-dialect.ts';
import type { StateTables } from './state-schema.ts';
import { Writer } from './writer.ts';
import type { RetentionLimits } from './writer-messages.ts';

interface StorageOptions {
  readonly folder: string;
  readonly retention: RetentionLimits;
  readonly platform?: Platform;
  /** Is told of what fails without anybody waiting for it. */
  readonly report: (error: unknown) => void;
}

/** The stores of one data folder. */
export interface Storage {
  readonly engine: string;
  readonly folder: string;
  readonly access: AccessStore;
  readonly probes: ProbeStore;
  readonly events: EventStore;
  /** Throws when the store does not answer. */
  ping(): void;
  /** Finishes every write and gives the folder back. */
  close(): Promise<void>;
}

/** Opens the folder's database, or refuses with a `StartError` and leaves everything as it was. */
export async function openSqliteStorage(options: StorageOptions): Promise<Storage> {
  const folder = takeDataFolder(options.folder, options.platform ?? thisMachine);
  try {
    await migrate(folder);
    const reader = openConnection(folder.database, { readOnly: true });
    const { retention, report } = options;
    const starting = Writer.start({ database: folder.database, retention }, report);
    starting.catch(() => reader.close());
    return stores(folder, reader, await starting);
  } catch (error) {
    folder.release();
    throw error;
  }
}

function stores(folder: DataFolder, reader: Connection, writer: Writer): Storage {
  const db = new Kysely<StateTables>({ dialect: stateDialect(reader, writer) });
  return {
    engine: 'sqlite',
    folder: folder.path,
    access: new SqliteAccessStore(db),
    probes: new SqliteProbeStore(db),
    events: new SqliteEventStore(reader, writer, db),
    ping() {
      if (writer.failure) throw writer.failure;
      reader.prepare('SELECT 1').get();
    },
    async close() {
      // The writer last: only who can write may take the WAL over into the database.
      reader.close();
      await writer.close();
      folder.release();
    },
  };
}
