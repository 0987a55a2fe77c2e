import type { Batch, BatchResponse, EventPage, StoredEvent } from '@sonde/protocol';
import type { AgentService } from '../agents/agent-service.ts';
import type { Bus } from '../bus/bus.ts';
import type { Clock } from '../clock.ts';
import type { ProbeService } from '../probes/probe-service.ts';
import { Refusal } from '../refusal.ts';
import { eventIdOf, seqOf } from './event-id.ts';
import type { EventFilter, EventStore } from './event-store.ts';

const defaultPage = 100;
/** As many as a page of the protocol carries. */
const maxPage = 1_000;

interface EventDeps {
  readonly store: EventStore;
  readonly agents: AgentService;
  readonly probes: ProbeService;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly report: (error: unknown) => void;
}

/** Takes in what agents send and gives out what is stored. */
export class EventService {
  readonly #deps: EventDeps;

  constructor(deps: EventDeps) {
    this.#deps = deps;
  }

  /** Answers once the batch is durable. */
  async ingest(sessionId: string, batch: Batch): Promise<BatchResponse> {
    const { agents, store, probes, bus, clock, report } = this.#deps;
    const session = agents.require(sessionId);
    agents.heard(sessionId, batch.health);
    const { sequence, events, statuses } = batch;
    // A mere sign of life: to lose it loses nothing, so it need not wait for a disk.
    if (events.length === 0 && statuses.length === 0) return { acknowledged: sequence };
    const { agentId, request } = session;
    const result = await store.append({
      agentId,
      service: request.service,
      host: request.host,
      receivedAtMs: clock.now(),
      sequence,
      events,
      statuses,
    });
    if (!result.duplicate) {
      if (events.length > 0) bus.publish({ kind: 'events' });
      const reported = statuses.map(({ probeId }) => probeId);
      // The batch is durable and must be acknowledged; a probe that could not be completed now is at the next hit.
      await probes.stored(result.hits, reported).catch(report);
    }
    return { acknowledged: result.acknowledged };
  }

  async list(filter: EventFilter, before: string | undefined, limit: string | undefined): Promise<EventPage> {
    const beforeSeq = before === undefined ? Number.MAX_SAFE_INTEGER : cursor('before', before);
    const size = limit === undefined ? defaultPage : Math.min(maxPage, Number(limit));
    const { events, more } = await this.#deps.store.page(filter, beforeSeq, size);
    const last = events.at(-1);
    return { events, ...(more && last && { next: last.id }) };
  }

  async get(eventId: string): Promise<StoredEvent> {
    const seq = seqOf(eventId);
    const stored = seq === undefined ? undefined : await this.#deps.store.get(seq);
    if (!stored) throw new Refusal('event.unknown', `There is no event ${eventId} (any more)`);
    return stored;
  }

  /** Where a tail begins: after the event that was seen last, or after the newest. */
  async tailStart(lastEventId: string | undefined): Promise<number> {
    const newest = await this.#deps.store.lastSeq();
    // An id from before the data folder was replaced may lie beyond what is here.
    return lastEventId === undefined ? newest : Math.min(newest, cursor('Last-Event-ID', lastEventId));
  }
}

function cursor(field: string, id: string): number {
  const seq = seqOf(id);
  if (seq !== undefined) return seq;
  const message = `${field}: expected the id of an event such as ${eventIdOf(1)}`;
  throw new Refusal('request.invalid', message, [{ code: 'request.invalid', message, field }]);
}
