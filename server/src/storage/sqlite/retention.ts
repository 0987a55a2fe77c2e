import type { Connection, Statement } from './connection.ts';
import type { RetentionLimits } from './writer-messages.ts';

/** Rows deleted in one transaction: few enough that a batch which arrives meanwhile does not notice. */
const sliceRows = 500;
/** An agent that was silent for longer has no batch on its way any more. */
const forgetAgentMs = 30 * 24 * 3_600_000;

/** Deletes the oldest events beyond what is kept, a slice at a time. */
export class Retention {
  readonly #limits: RetentionLimits;
  readonly #aged: Statement;
  readonly #oldest: Statement;
  readonly #size: Statement;
  readonly #forget: Statement;

  constructor(connection: Connection, limits: RetentionLimits) {
    this.#limits = limits;
    // Times grow with numbers, so the oldest rows by number that are too old are all there is to look at.
    this.#aged = connection.prepare(
      `DELETE FROM events WHERE seq IN
       (SELECT seq FROM (SELECT seq, received_at_ms FROM events ORDER BY seq LIMIT ${sliceRows}) WHERE received_at_ms < ?)`,
    );
    this.#oldest = connection.prepare(
      `DELETE FROM events WHERE seq IN (SELECT seq FROM events ORDER BY seq LIMIT ${sliceRows})`,
    );
    this.#size = connection.prepare(
      `SELECT (page_count - freelist_count) * page_size AS bytes
       FROM pragma_page_count, pragma_freelist_count, pragma_page_size`,
    );
    this.#forget = connection.prepare('DELETE FROM ingest WHERE at_ms < ?');
  }

  /** Deletes at most one slice; true when there may be more to delete. */
  step(nowMs: number): boolean {
    this.#forget.run(nowMs - forgetAgentMs);
    const aged = Number(this.#aged.run(nowMs - this.#limits.maxAgeMs).changes);
    if (aged > 0) return true;
    if (Number(this.#size.get()?.['bytes']) <= this.#limits.maxBytes) return false;
    return Number(this.#oldest.run().changes) > 0;
  }
}
