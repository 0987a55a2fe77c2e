import type { AgentEvent, ProbeKind, ProbeReport, StoredEvent } from '@sonde/protocol';
import type { ProbeActivity } from '../probes/probe-activity.ts';

/** A batch of one agent, to be stored whole or not at all. */
export interface IncomingBatch {
  readonly agentId: string;
  readonly service: string;
  readonly host: string;
  readonly receivedAtMs: number;
  readonly sequence: number;
  readonly events: readonly AgentEvent[];
  readonly statuses: readonly ProbeReport[];
}

export interface AppendResult {
  /** The number of the agent's last stored batch. */
  readonly acknowledged: number;
  /** The batch had been stored before, or a later one had; nothing was written. */
  readonly duplicate: boolean;
  /** How many events each probe of this batch has in the store now. */
  readonly hits: ReadonlyMap<string, number>;
}

export interface EventFilter {
  readonly probeId?: string | undefined;
  readonly kind?: ProbeKind | undefined;
}

/** A piece of the stored events in the order of storing. */
export interface EventSlice {
  readonly events: readonly StoredEvent[];
  /** Everything up to this number was looked at; read on from here. */
  readonly seq: number;
}

/** Where events are kept. They are numbered from 1 in the order of storing, and no number is ever given twice. */
export interface EventStore {
  /** Resolves once the batch, its reports and its number are durable. Refuses with `server.storage-full`. */
  append(batch: IncomingBatch): Promise<AppendResult>;
  /** The number of the agent's last stored batch, 0 for none. */
  acknowledged(agentId: string): Promise<number>;
  /** At most `limit` events before `beforeSeq`, newest first; fewer when they are large. `more`: there are older ones. */
  page(
    filter: EventFilter,
    beforeSeq: number,
    limit: number,
  ): Promise<{ readonly events: readonly StoredEvent[]; readonly more: boolean }>;
  /** Events after `afterSeq`, oldest first; a bounded piece of work, so it may find none and yet not be at the end. */
  after(filter: EventFilter, afterSeq: number): Promise<EventSlice>;
  /** How many events lie after `afterSeq` and not after `upToSeq`. */
  count(filter: EventFilter, afterSeq: number, upToSeq: number): Promise<number>;
  get(seq: number): Promise<StoredEvent | undefined>;
  /** The number of the newest event ever stored, 0 for none. */
  lastSeq(): Promise<number>;
  activity(probeIds: readonly string[]): Promise<ReadonlyMap<string, ProbeActivity>>;
}
