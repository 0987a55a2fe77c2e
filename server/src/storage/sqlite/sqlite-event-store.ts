import type { StoredEvent } from '@sonde/protocol';
import type { Kysely } from 'kysely';
import { eventIdOf } from '../../events/event-id.ts';
import type { AppendResult, EventFilter, EventSlice, EventStore, IncomingBatch } from '../../events/event-store.ts';
import type { ProbeActivity } from '../../probes/probe-activity.ts';
import type { Connection, SqlValue, Statement } from './connection.ts';
import { readActivity } from './read-activity.ts';
import type { StateTables } from './state-schema.ts';
import type { Writer } from './writer.ts';

/** No read may be long: while it lasts, the WAL cannot be taken over and grows. */
const sliceRows = 500;
/** Numbers that one slice may look at when it has to go by a filter. */
const sliceSpan = 50_000;
/** Text that one answer may gather, in UTF-16 units. */
const maxText = 8 * 1_048_576;

type Row = ReturnType<Statement['get']>;

export class SqliteEventStore implements EventStore {
  readonly #reader: Connection;
  readonly #writer: Writer;
  readonly #db: Kysely<StateTables>;
  readonly #statements = new Map<string, Statement>();

  constructor(reader: Connection, writer: Writer, db: Kysely<StateTables>) {
    this.#reader = reader;
    this.#writer = writer;
    this.#db = db;
  }

  async append(batch: IncomingBatch): Promise<AppendResult> {
    const { agentId, service, host, receivedAtMs, sequence } = batch;
    const answer = await this.#writer.append({
      agentId,
      service,
      host,
      receivedAtMs,
      sequence,
      events: batch.events.map((event) => ({
        probeId: event.probeId,
        kind: event.kind,
        body: JSON.stringify(event),
      })),
      statuses: batch.statuses.map((report) => ({ probeId: report.probeId, body: JSON.stringify(report) })),
    });
    return { ...answer, hits: new Map(answer.hits) };
  }

  async acknowledged(agentId: string): Promise<number> {
    const row = this.prepared('SELECT last_sequence FROM ingest WHERE agent_id = ?').get(agentId);
    return Number(row?.['last_sequence'] ?? 0);
  }

  async page(filter: EventFilter, beforeSeq: number, limit: number) {
    const { where, parameters } = conditions(filter);
    const statement = this.prepared(`SELECT * FROM events WHERE seq < ?${where} ORDER BY seq DESC LIMIT ?`);
    return gather(statement.iterate(beforeSeq, ...parameters, limit + 1), limit);
  }

  async after(filter: EventFilter, afterSeq: number): Promise<EventSlice> {
    const endSeq = Math.max(afterSeq, Math.min(afterSeq + sliceSpan, await this.lastSeq()));
    const { where, parameters } = conditions(filter);
    const statement = this.prepared(`SELECT * FROM events WHERE seq > ? AND seq <= ?${where} ORDER BY seq LIMIT ?`);
    const { events, more, lastSeq } = gather(
      statement.iterate(afterSeq, endSeq, ...parameters, sliceRows + 1),
      sliceRows,
    );
    return { events, seq: more ? lastSeq : endSeq };
  }

  async count(filter: EventFilter, afterSeq: number, upToSeq: number): Promise<number> {
    const { where, parameters } = conditions(filter);
    const statement = this.prepared(`SELECT count(*) AS count FROM events WHERE seq > ? AND seq <= ?${where}`);
    return Number(statement.get(afterSeq, upToSeq, ...parameters)?.['count']);
  }

  async get(seq: number): Promise<StoredEvent | undefined> {
    const row = this.prepared('SELECT * FROM events WHERE seq = ?').get(seq);
    return row && fromRow(row);
  }

  async lastSeq(): Promise<number> {
    return Number(this.prepared('SELECT last_seq FROM event_counter').get()?.['last_seq']);
  }

  activity(probeIds: readonly string[]): Promise<ReadonlyMap<string, ProbeActivity>> {
    return readActivity(this.#db, probeIds);
  }

  private prepared(sql: string): Statement {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#reader.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

function conditions(filter: EventFilter): { readonly where: string; readonly parameters: readonly SqlValue[] } {
  const parts: [string, string][] = [];
  if (filter.probeId !== undefined) parts.push(['probe_id', filter.probeId]);
  // A probe has one kind; asked for both, the index by probe must win, and `+` keeps SQLite from the other one.
  if (filter.kind !== undefined) parts.push([filter.probeId === undefined ? 'kind' : '+kind', filter.kind]);
  return { where: parts.map(([column]) => ` AND ${column} = ?`).join(''), parameters: parts.map(([, value]) => value) };
}

/** Takes rows up to the limit, or until their text is as much as one answer should hold; one at least. */
function gather(rows: Iterable<Row>, limit: number) {
  const events: StoredEvent[] = [];
  let [text, lastSeq] = [0, 0];
  for (const row of rows) {
    if (events.length === limit || text >= maxText) return { events, more: true, lastSeq };
    text += String(row?.['body']).length;
    lastSeq = Number(row?.['seq']);
    if (row) events.push(fromRow(row));
  }
  return { events, more: false, lastSeq };
}

function fromRow(row: NonNullable<Row>): StoredEvent {
  return {
    id: eventIdOf(Number(row['seq'])),
    agentId: String(row['agent_id']),
    service: String(row['service']),
    host: String(row['host']),
    receivedAtMs: Number(row['received_at_ms']),
    event: JSON.parse(String(row['body'])),
  };
}
