import type { ProbeRecord } from '@sonde/protocol';
import type { Bus } from '../bus/bus.ts';
import type { Clock } from '../clock.ts';
import { Coalescer } from '../coalescer.ts';

/** At most four records a second of each probe: counters change with every batch. */
const betweenRecordsMs = 250;

interface FeedDeps {
  /** A record, or nothing for a probe that is not known (any more): agents may still send for one. */
  readonly read: (probeId: string) => Promise<ProbeRecord | undefined>;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly report: (error: unknown) => void;
}

/** Turns signals about probes into their records, read once for all who listen. */
export class ProbeFeed {
  readonly #deps: FeedDeps;
  readonly #listeners = new Set<(record: ProbeRecord) => void>();
  readonly #records: Coalescer<string>;
  readonly #unsubscribe: () => void;

  constructor(deps: FeedDeps) {
    this.#deps = deps;
    this.#records = new Coalescer(deps.clock, betweenRecordsMs, (probeId) => {
      this.tell(probeId).catch(deps.report);
    });
    this.#unsubscribe = deps.bus.subscribe((signal) => {
      if (signal.kind === 'probe' && this.#listeners.size > 0) this.#records.ask(signal.probeId);
    });
  }

  listen(listener: (record: ProbeRecord) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  stop(): void {
    this.#unsubscribe();
    this.#records.stop();
  }

  private async tell(probeId: string): Promise<void> {
    const record = await this.#deps.read(probeId);
    if (record) for (const listener of this.#listeners) listener(record);
  }
}
