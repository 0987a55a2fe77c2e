import { BatchAppender } from './batch-appender.ts';
import { type Connection, isFull, type Statement } from './connection.ts';
import type { ExecuteAnswer, ToWriter, WriteAnswer, WriteJob, WriteOutcome } from './writer-messages.ts';

type NumberedJob = Extract<ToWriter, { kind: 'job' }>;

/** Writes many jobs with one commit, so that the cost of a durable write is shared among all who wait for one. */
export class GroupCommit {
  readonly #connection: Connection;
  readonly #appender: BatchAppender;
  readonly #statements = new Map<string, Statement>();

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#appender = new BatchAppender(connection);
  }

  /** The outcomes, once what they say is durable. */
  write(jobs: readonly NumberedJob[]): readonly WriteOutcome[] {
    const [first, ...others] = jobs;
    if (!first) return [];
    if (others.length === 0) return [this.writeAlone(first)];
    try {
      return this.transaction(() => jobs.map(({ id, job }) => ({ kind: 'done', id, answer: this.run(job) })));
    } catch {
      // One of them cannot be written: each for itself then, so that only that one fails, and says why.
      return jobs.map((job) => this.writeAlone(job));
    }
  }

  private writeAlone({ id, job }: NumberedJob): WriteOutcome {
    try {
      return { kind: 'done', id, answer: this.transaction(() => this.run(job)) };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return { kind: 'failed', id, full: isFull(error), message };
    }
  }

  private transaction<T>(work: () => T): T {
    this.#connection.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#connection.exec('COMMIT');
      return result;
    } catch (error) {
      // SQLite has rolled back by itself after some errors, a full disk among them.
      if (this.#connection.isTransaction) this.#connection.exec('ROLLBACK');
      throw error;
    }
  }

  private run(job: WriteJob): WriteAnswer {
    if (job.kind === 'append') return this.#appender.append(job.batch);
    return this.execute(job.sql, job.parameters);
  }

  private execute(sql: string, parameters: Extract<WriteJob, { kind: 'execute' }>['parameters']): ExecuteAnswer {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#connection.prepare(sql);
      this.#statements.set(sql, statement);
    }
    if (statement.columns().length > 0) {
      const rows = statement.all(...parameters);
      return { changes: rows.length, rows };
    }
    return { changes: Number(statement.run(...parameters).changes), rows: [] };
  }
}
