import type { AgentReport, StoredEvent } from '@sonde/protocol';
import type { ProbeActivity } from '../probes/probe-activity.ts';
import { eventIdOf, seqOf } from './event-id.ts';
import type { AppendResult, EventFilter, EventSlice, EventStore, IncomingBatch } from './event-store.ts';

/** Small, so that tests meet the end of a slice. */
const sliceRows = 50;

export class FakeEventStore implements EventStore {
  readonly #events: StoredEvent[] = [];
  readonly #sequences = new Map<string, number>();
  readonly #reports = new Map<string, Map<string, AgentReport>>();
  /** When set, the next appends fail with it. */
  failure: Error | undefined;

  async append(batch: IncomingBatch): Promise<AppendResult> {
    if (this.failure) throw this.failure;
    const last = this.#sequences.get(batch.agentId) ?? 0;
    if (batch.sequence <= last) return { acknowledged: last, duplicate: true, hits: new Map() };
    const { agentId, service, host, receivedAtMs } = batch;
    const touched = new Set<string>();
    for (const event of batch.events) {
      this.#events.push({ id: eventIdOf(this.#events.length + 1), agentId, service, host, receivedAtMs, event });
      touched.add(event.probeId);
    }
    for (const report of batch.statuses) {
      const reports = this.#reports.get(report.probeId) ?? new Map<string, AgentReport>();
      reports.set(agentId, { agentId, service, atMs: receivedAtMs, report });
      this.#reports.set(report.probeId, reports);
    }
    this.#sequences.set(agentId, batch.sequence);
    const hits = new Map([...touched].map((probeId) => [probeId, this.hits(probeId)]));
    return { acknowledged: batch.sequence, duplicate: false, hits };
  }

  async acknowledged(agentId: string): Promise<number> {
    return this.#sequences.get(agentId) ?? 0;
  }

  async page(filter: EventFilter, beforeSeq: number, limit: number) {
    const older = this.matching(filter, 0, beforeSeq - 1).reverse();
    return { events: older.slice(0, limit), more: older.length > limit };
  }

  async after(filter: EventFilter, afterSeq: number): Promise<EventSlice> {
    const seq = Math.max(afterSeq, Math.min(this.#events.length, afterSeq + sliceRows));
    return { events: this.matching(filter, afterSeq, seq), seq };
  }

  async count(filter: EventFilter, afterSeq: number, upToSeq: number): Promise<number> {
    return this.matching(filter, afterSeq, upToSeq).length;
  }

  async get(seq: number): Promise<StoredEvent | undefined> {
    return this.#events[seq - 1];
  }

  async lastSeq(): Promise<number> {
    return this.#events.length;
  }

  async activity(probeIds: readonly string[]): Promise<ReadonlyMap<string, ProbeActivity>> {
    const found = new Map<string, ProbeActivity>();
    for (const probeId of probeIds) {
      const [hits, reports] = [this.hits(probeId), [...(this.#reports.get(probeId)?.values() ?? [])]];
      if (hits > 0 || reports.length > 0) found.set(probeId, { hits, reports });
    }
    return found;
  }

  private hits(probeId: string): number {
    return this.#events.filter((stored) => stored.event.probeId === probeId).length;
  }

  private matching(filter: EventFilter, afterSeq: number, upToSeq: number): StoredEvent[] {
    return this.#events.filter(({ id, event }) => {
      const seq = seqOf(id) ?? 0;
      if (seq <= afterSeq || seq > upToSeq) return false;
      if (filter.probeId !== undefined && event.probeId !== filter.probeId) return false;
      return filter.kind === undefined || event.kind === filter.kind;
    });
  }
}
