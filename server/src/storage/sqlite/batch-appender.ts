import type { Connection, Statement } from './connection.ts';
import type { AppendAnswer, EncodedBatch } from './writer-messages.ts';

/** Writes batches inside a transaction that its caller begins and ends. */
export class BatchAppender {
  readonly #counter: Statement;
  readonly #setCounter: Statement;
  readonly #last: Statement;
  readonly #setLast: Statement;
  readonly #event: Statement;
  readonly #addHits: Statement;
  readonly #report: Statement;

  constructor(connection: Connection) {
    this.#counter = connection.prepare('SELECT last_seq FROM event_counter');
    this.#setCounter = connection.prepare('UPDATE event_counter SET last_seq = ?');
    this.#last = connection.prepare('SELECT last_sequence FROM ingest WHERE agent_id = ?');
    this.#setLast = connection.prepare(
      `INSERT INTO ingest VALUES (?, ?, ?)
       ON CONFLICT (agent_id) DO UPDATE SET last_sequence = excluded.last_sequence, at_ms = excluded.at_ms`,
    );
    this.#event = connection.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
    this.#addHits = connection.prepare(
      `INSERT INTO probe_hits VALUES (?, ?)
       ON CONFLICT (probe_id) DO UPDATE SET hits = hits + excluded.hits RETURNING hits`,
    );
    this.#report = connection.prepare(
      `INSERT INTO probe_reports VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (probe_id, agent_id)
       DO UPDATE SET service = excluded.service, at_ms = excluded.at_ms, report = excluded.report`,
    );
  }

  append(batch: EncodedBatch): AppendAnswer {
    const { agentId, service, host, receivedAtMs, sequence } = batch;
    const last = Number(this.#last.get(agentId)?.['last_sequence'] ?? 0);
    if (sequence <= last) return { acknowledged: last, duplicate: true, hits: [] };
    this.#setLast.run(agentId, sequence, receivedAtMs);
    for (const { probeId, body } of batch.statuses) this.#report.run(probeId, agentId, service, receivedAtMs, body);
    if (batch.events.length === 0) return { acknowledged: sequence, duplicate: false, hits: [] };

    let seq = Number(this.#counter.get()?.['last_seq']);
    const added = new Map<string, number>();
    for (const { probeId, kind, body } of batch.events) {
      seq += 1;
      this.#event.run(seq, probeId, kind, agentId, service, host, receivedAtMs, body);
      added.set(probeId, (added.get(probeId) ?? 0) + 1);
    }
    this.#setCounter.run(seq);
    const hits = [...added].map(([id, count]) => [id, Number(this.#addHits.get(id, count)?.['hits'])] as const);
    return { acknowledged: sequence, duplicate: false, hits };
  }
}
