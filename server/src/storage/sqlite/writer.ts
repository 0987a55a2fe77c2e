import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { Refusal } from '../../refusal.ts';
import type { SqlValue } from './connection.ts';
import type {
  AppendAnswer,
  EncodedBatch,
  ExecuteAnswer,
  FromWriter,
  ToWriter,
  WriteAnswer,
  WriteJob,
  WriteOutcome,
  WriterOptions,
} from './writer-messages.ts';

interface Waiting {
  readonly resolve: (answer: WriteAnswer) => void;
  readonly reject: (error: Error) => void;
}

/** The serving thread's hold of the writer thread. */
export class Writer {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #ended: Error | undefined;

  private constructor(worker: Worker, report: (error: unknown) => void) {
    this.#worker = worker;
    worker.on('message', (message: FromWriter) => {
      if (message.kind === 'outcomes') for (const outcome of message.outcomes) this.settle(outcome);
      if (message.kind === 'fault') report(new Error(message.message));
    });
    worker.on('error', (error) => this.end(error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', () => this.end(new Error('the writer has ended')));
  }

  static async start(options: WriterOptions, report: (error: unknown) => void): Promise<Writer> {
    const worker = new Worker(new URL('./writer-worker.ts', import.meta.url), { workerData: options });
    // `once` rejects when the thread fails instead.
    await once(worker, 'message');
    return new Writer(worker, report);
  }

  /** Why nothing can be written any more, if so. */
  get failure(): Error | undefined {
    return this.#ended;
  }

  /** Resolves once the batch is durable. */
  async append(batch: EncodedBatch): Promise<AppendAnswer> {
    return (await this.post({ kind: 'append', batch })) as AppendAnswer;
  }

  /** Resolves once what the statement did is durable. */
  async execute(sql: string, parameters: readonly SqlValue[]): Promise<ExecuteAnswer> {
    return (await this.post({ kind: 'execute', sql, parameters })) as ExecuteAnswer;
  }

  /** Finishes what was asked before and closes the database. */
  async close(): Promise<void> {
    if (this.#ended) return;
    const exit = once(this.#worker, 'exit');
    this.#worker.postMessage({ kind: 'close' } satisfies ToWriter);
    await exit;
  }

  private post(job: WriteJob): Promise<WriteAnswer> {
    if (this.#ended) return Promise.reject(this.#ended);
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ kind: 'job', id, job } satisfies ToWriter);
    });
  }

  private settle(outcome: WriteOutcome): void {
    const waiting = this.#waiting.get(outcome.id);
    this.#waiting.delete(outcome.id);
    if (outcome.kind === 'done') waiting?.resolve(outcome.answer);
    else if (outcome.full) waiting?.reject(new Refusal('server.storage-full', fullMessage));
    else waiting?.reject(new Error(`the store failed: ${outcome.message}`));
  }

  private end(error: Error): void {
    this.#ended ??= error;
    for (const waiting of this.#waiting.values()) waiting.reject(this.#ended);
    this.#waiting.clear();
  }
}

const fullMessage =
  'There is no room left on the disk of the server: nothing was stored. Make room there; it goes on by itself';
