import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ProbeRecord, TailMessage } from '@sonde/protocol';
import type { Bus } from '../bus/bus.ts';
import type { MessageStream } from '../endpoint.ts';
import type { ProbeFeed } from '../probes/probe-feed.ts';
import { eventIdOf } from './event-id.ts';
import type { EventFilter, EventStore } from './event-store.ts';

/** How far behind the newest event a reader that does not keep up may fall before events are left out. */
const maxBehind = 10_000;

interface TailDeps {
  readonly store: EventStore;
  readonly bus: Bus;
  readonly feed: ProbeFeed;
  readonly findProbe: (probeId: string) => Promise<ProbeRecord | undefined>;
  readonly report: (error: unknown) => void;
}

interface TailOptions {
  readonly filter: EventFilter;
  /** The event with this number was seen. */
  readonly afterSeq: number;
}

/**
 * One reader of the live tail. Events always come from the store, by their numbers; a signal only says that there are
 * some. So there is no seam between what was stored and what is live at which one could be lost or come twice.
 */
export class EventTail {
  readonly #deps: TailDeps;
  readonly #filter: EventFilter;
  readonly #stream: MessageStream<TailMessage>;
  #seq: number;
  /** Records that wait to be told: only the last of each probe matters. */
  readonly #records = new Map<string, ProbeRecord>();
  #wake: () => void = () => {};
  #woken = false;
  /** Whether the reader kept events waiting since it was last up to date. */
  #late = false;
  /** Whether it ever was: what it missed before it came is not left out however much it is. */
  #live = false;

  constructor(deps: TailDeps, options: TailOptions, stream: MessageStream<TailMessage>) {
    this.#deps = deps;
    this.#filter = options.filter;
    this.#seq = options.afterSeq;
    this.#stream = stream;
  }

  /** Runs until the reader is gone. */
  async run(): Promise<void> {
    const unsubscribe = this.#deps.bus.subscribe((signal) => signal.kind === 'events' && this.wake());
    const unlisten = this.#deps.feed.listen((record) => this.hear(record));
    this.#stream.onClose(() => this.wake());
    this.#stream.mark(eventIdOf(this.#seq));
    try {
      await this.recall();
      while (!this.#stream.closed) {
        this.#woken = false;
        if (await this.sendSlice()) continue;
        this.#live = true;
        this.#late = false;
        // After the events: who sees a probe complete has seen its last event.
        await this.sendRecords();
        await this.untilWoken();
      }
    } catch (error) {
      this.#deps.report(error);
      this.#stream.close();
    } finally {
      unsubscribe();
      unlisten();
    }
  }

  /**
   * A reader of one probe is told how it stands. Read while changes are already listened for: one that happened since
   * the reader asked for its tail would otherwise be missed.
   */
  private async recall(): Promise<void> {
    const { probeId } = this.#filter;
    const record = probeId === undefined ? undefined : await this.#deps.findProbe(probeId);
    if (record && !this.#records.has(record.probe.id)) this.hear(record);
  }

  /** True when it moved on, so that there may be more. */
  private async sendSlice(): Promise<boolean> {
    if (this.#live && this.#late) await this.leaveOut();
    const slice = await this.#deps.store.after(this.#filter, this.#seq);
    for (const event of slice.events) {
      if (this.#stream.full) {
        this.#late = true;
        await this.#stream.drained();
      }
      if (this.#stream.closed) return false;
      this.#stream.send({ kind: 'event', event }, event.id);
    }
    const moved = slice.seq > this.#seq;
    this.#seq = slice.seq;
    // Others have their turn between two slices.
    if (moved) await nextTurn();
    return moved;
  }

  private async leaveOut(): Promise<void> {
    const newest = await this.#deps.store.lastSeq();
    if (newest - this.#seq <= maxBehind) return;
    const missed = await this.#deps.store.count(this.#filter, this.#seq, newest);
    this.#seq = newest;
    this.#late = false;
    if (missed > 0) this.#stream.send({ kind: 'gap', missed });
  }

  private hear(record: ProbeRecord): void {
    const { probeId, kind } = this.#filter;
    if (probeId !== undefined && record.probe.id !== probeId) return;
    if (kind !== undefined && record.probe.kind !== kind) return;
    this.#records.set(record.probe.id, record);
    this.wake();
  }

  /** While a reader does not keep up, newer records take the place of those that wait for it. */
  private async sendRecords(): Promise<void> {
    for (const probeId of this.#records.keys()) {
      if (this.#stream.full) await this.#stream.drained();
      const record = this.#records.get(probeId);
      this.#records.delete(probeId);
      if (record) this.#stream.send({ kind: 'probe', record });
    }
  }

  private wake(): void {
    this.#woken = true;
    this.#wake();
  }

  private async untilWoken(): Promise<void> {
    if (this.#woken || this.#stream.closed) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
  }
}
