import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

type Step = (db: Kysely<unknown>) => Promise<void>;

/** State, in the portable subset: the same on every engine. */
const state: Step = async (db) => {
  await db.schema
    .createTable('tokens')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull().unique())
    .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('expires_at_ms', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('probes')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('ordinal', 'bigint', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('created_by', 'text', (column) => column.notNull())
    .addColumn('ended_at_ms', 'bigint')
    .addColumn('selector', 'text', (column) => column.notNull())
    .addColumn('definition', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('probes_by_state').on('probes').columns(['state', 'ordinal']).execute();
  await db.schema.createIndex('probes_by_age').on('probes').column('ordinal').execute();
  await db.schema
    .createTable('probe_hits')
    .addColumn('probe_id', 'text', (column) => column.primaryKey())
    .addColumn('hits', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('probe_reports')
    .addColumn('probe_id', 'text', (column) => column.notNull())
    .addColumn('agent_id', 'text', (column) => column.notNull())
    .addColumn('service', 'text', (column) => column.notNull())
    .addColumn('at_ms', 'bigint', (column) => column.notNull())
    .addColumn('report', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('probe_reports_key', ['probe_id', 'agent_id'])
    .execute();
};

/** Telemetry, as this engine likes it. No index on time: numbers grow with it. */
const telemetry: Step = async (db) => {
  const statements = [
    `CREATE TABLE events (
      seq INTEGER PRIMARY KEY,
      probe_id TEXT NOT NULL,
      kind TEXT NOT NULL,
      agent_id TEXT NOT NULL,
      service TEXT NOT NULL,
      host TEXT NOT NULL,
      received_at_ms INTEGER NOT NULL,
      body TEXT NOT NULL
    ) STRICT`,
    'CREATE INDEX events_by_probe ON events (probe_id, seq)',
    'CREATE INDEX events_by_kind ON events (kind, seq)',
    // One row: retention may empty the events, and their numbers must not start again.
    'CREATE TABLE event_counter (one INTEGER PRIMARY KEY CHECK (one = 1), last_seq INTEGER NOT NULL) STRICT',
    'INSERT INTO event_counter VALUES (1, 0)',
    'CREATE TABLE ingest (agent_id TEXT PRIMARY KEY, last_sequence INTEGER NOT NULL, at_ms INTEGER NOT NULL) STRICT',
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
};

/** Forward only, and never changed once released; a new one goes to the end. */
export const migrations: { readonly [name: string]: Migration } = {
  '0001-state': { up: state },
  '0002-telemetry': { up: telemetry },
};
