import { type AgentHealth, batchResponse, type ProbeReport, type SessionResponse } from '@sonde/protocol/agent';
import { createBackoff } from './backoff.ts';
import { type BatchContent, type EncodedBody, encodeBatch, splitContent } from './batch-body.ts';
import type { Clock } from './clock.ts';
import type { EncodedEvent, EventQueue } from './event-queue.ts';
import { routePath } from './route-path.ts';
import { readAnswer, type ServerAnswer, type SessionRefusal } from './server-answer.ts';
import type { StatusBoard } from './status-board.ts';
import type { Transport } from './transport.ts';

const maxBatchEvents = 5_000;
const maxBatchStatuses = 2_000;
/** Of JSON, uncompressed. Far below what the server takes, so that one batch is stored before the next is due. */
const maxBatchBytes = 2_097_152;
/** Between two batches, so that a burst becomes a few large ones. A person who waits for evidence does not see it. */
const paceMs = 25;

export interface BatchSenderOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: () => number;
  readonly queue: EventQueue;
  readonly board: StatusBoard;
  health(): AgentHealth;
  /** The server has these, or will never have them. */
  onSettled(events: readonly EncodedEvent[], outcome: 'delivered' | 'dropped'): void;
  /** The server has all reports up to this `statuses` message. */
  onReportsDelivered(number: number): void;
  onReachable(reachable: boolean): void;
  onSessionRefused(sessionId: string, answer: SessionRefusal): void;
  onDiagnostic(message: string): void;
}

interface NumberedBatch extends BatchContent {
  readonly sequence: number;
  /** The last `statuses` message that is covered once this batch is stored; undefined: more reports follow. */
  readonly reportsUpTo: number | undefined;
  readonly body: Promise<EncodedBody>;
}

/** Sends batches one at a time, each with the same number until the server has it. */
export class BatchSender {
  readonly #options: BatchSenderOptions;
  readonly #backoff;
  #session: SessionResponse | undefined;
  #nextSequence = 1;
  #current: NumberedBatch | undefined;
  #parts: BatchContent[] = [];
  #sending = false;
  #lastSentMs = Number.NEGATIVE_INFINITY;
  #timer: { readonly kind: 'pace' | 'heartbeat' | 'retry'; readonly cancel: () => void } | undefined;
  #drained: (() => void) | undefined;
  #lastRefusal = '';

  constructor(options: BatchSenderOptions) {
    this.#options = options;
    this.#backoff = createBackoff(options.random);
  }

  /** A session is open: what it has is settled, what it has not goes out, and every status is said again. */
  open(session: SessionResponse): void {
    const batch = this.#current;
    this.#session = session;
    this.#nextSequence = Math.max(this.#nextSequence, session.acknowledged + 1);
    if (batch && batch.sequence <= session.acknowledged) this.#delivered(batch);
    this.#options.board.markAllUnsent();
    this.#options.onReachable(true);
    this.#backoff.reset();
    this.#clearTimer();
    this.#pump();
  }

  close(): void {
    this.#session = undefined;
    this.#options.onReachable(false);
    this.#clearTimer();
    this.#endDrain();
  }

  /** There is something new to send. */
  wake(): void {
    const waitsLonger = this.#timer?.kind === 'heartbeat' || (this.#timer?.kind === 'pace' && this.#isUrgent());
    if (waitsLonger) this.#clearTimer();
    this.#pump();
  }

  /** Sends without waiting for more; resolves when all is with the server, or at the first failure. */
  drain(): Promise<void> {
    return new Promise((resolve) => {
      this.#drained = resolve;
      this.#clearTimer();
      this.#pump();
    });
  }

  #pump(): void {
    const session = this.#session;
    if (!session) this.#endDrain();
    if (!session || this.#sending || this.#timer) return;
    if (!this.#current && this.#waits(session)) return;
    this.#current ??= this.#cut();
    void this.#send(session.sessionId, this.#current);
  }

  /** True when the next batch is not due yet; then it will be later. */
  #waits(session: SessionResponse): boolean {
    const idle = !this.#hasContent();
    if (idle) this.#endDrain();
    const paceOfContentMs = this.#isUrgent() ? 0 : paceMs;
    const intervalMs = idle ? session.heartbeatMs : paceOfContentMs;
    const waitMs = this.#lastSentMs + intervalMs - this.#options.clock.now();
    if (waitMs > 0) this.#setTimer(idle ? 'heartbeat' : 'pace', waitMs);
    return waitMs > 0;
  }

  #hasContent(): boolean {
    const { queue, board } = this.#options;
    return queue.waiting > 0 || board.hasUnsent || this.#parts.length > 0;
  }

  #isUrgent(): boolean {
    const { queue } = this.#options;
    const fillsBatch = queue.waiting >= maxBatchEvents || queue.waitingBytes >= maxBatchBytes;
    return this.#drained !== undefined || this.#parts.length > 0 || fillsBatch;
  }

  #cut(): NumberedBatch {
    const { board, queue, health } = this.#options;
    const content = this.#parts.shift() ?? {
      events: queue.take(maxBatchEvents, maxBatchBytes),
      statuses: board.takeUnsent(maxBatchStatuses),
    };
    const complete = this.#parts.length === 0 && !board.hasUnsent;
    const sequence = this.#nextSequence;
    this.#nextSequence += 1;
    return {
      ...content,
      sequence,
      reportsUpTo: complete ? board.lastNumber : undefined,
      body: encodeBatch(sequence, content, health()),
    };
  }

  async #send(sessionId: string, batch: NumberedBatch): Promise<void> {
    this.#sending = true;
    this.#lastSentMs = this.#options.clock.now();
    let answer: ServerAnswer;
    try {
      const { bytes, gzip } = await batch.body;
      const path = routePath('sendBatch', { sessionId });
      answer = acknowledging(batch.sequence, await this.#post(path, bytes, gzip));
    } catch (error) {
      answer = { kind: 'unavailable', reason: error instanceof Error ? error.message : String(error) };
    }
    this.#sending = false;
    // A session that opened meanwhile may have told that the batch is stored.
    if (batch === this.#current) this.#answered(sessionId, batch, answer);
    this.#pump();
  }

  async #post(path: string, body: Buffer, gzip: boolean): Promise<ServerAnswer> {
    return readAnswer(await this.#options.transport.send({ method: 'POST', path, body, gzip }));
  }

  #answered(sessionId: string, batch: NumberedBatch, answer: ServerAnswer): void {
    if (answer.kind === 'accepted') {
      this.#delivered(batch);
      this.#backoff.reset();
      this.#options.onReachable(true);
      return;
    }
    if (answer.kind === 'refused') {
      this.#refused(batch, answer.reason);
      return;
    }
    this.#endDrain();
    if (answer.kind !== 'unavailable') this.#options.onSessionRefused(sessionId, answer);
    else if (sessionId === this.#session?.sessionId) {
      this.#options.onReachable(false);
      this.#setTimer('retry', this.#backoff.next());
    }
  }

  #delivered(batch: NumberedBatch): void {
    const { queue, board, onSettled, onReportsDelivered } = this.#options;
    this.#current = undefined;
    queue.settle(batch.events);
    board.delivered(batch.statuses);
    onSettled(batch.events, 'delivered');
    if (batch.reportsUpTo !== undefined) onReportsDelivered(batch.reportsUpTo);
  }

  #refused(batch: NumberedBatch, reason: string): void {
    const { queue, onSettled, onDiagnostic } = this.#options;
    this.#current = undefined;
    const parts = splitContent(batch);
    this.#parts.unshift(...parts);
    if (parts.length > 0) return;
    queue.settle(batch.events);
    onSettled(batch.events, 'dropped');
    const news = `the server refused ${describe(batch)}: ${reason}`;
    if (news !== this.#lastRefusal) onDiagnostic(news);
    this.#lastRefusal = news;
  }

  #setTimer(kind: 'pace' | 'heartbeat' | 'retry', delayMs: number): void {
    const cancel = this.#options.clock.schedule(delayMs, () => {
      this.#timer = undefined;
      this.#pump();
    });
    this.#timer = { kind, cancel };
  }

  #clearTimer(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  #endDrain(): void {
    this.#drained?.();
    this.#drained = undefined;
  }
}

/** An acceptance that does not cover the batch is none. */
function acknowledging(sequence: number, answer: ServerAnswer): ServerAnswer {
  if (answer.kind !== 'accepted') return answer;
  const { acknowledged } = batchResponse.decode(JSON.parse(answer.body));
  if (acknowledged >= sequence) return answer;
  return { kind: 'unavailable', reason: `batch ${sequence} was answered with acknowledged ${acknowledged}` };
}

function describe({ events, statuses }: { events: readonly EncodedEvent[]; statuses: readonly ProbeReport[] }): string {
  if (events.length > 0) return 'an event';
  return statuses.length > 0 ? 'a status' : 'a heartbeat';
}
