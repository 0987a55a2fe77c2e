import { agentEvent } from '../event/event.ts';
import { agentId, eventId } from '../probe/identifier.ts';
import { integer, string } from '../schema/scalars.ts';
import type { Infer } from '../schema/schema.ts';
import { array, object, optional, variant } from '../schema/structures.ts';
import { probeRecord } from './probe-record.ts';

/** An event as the server keeps it. Ids grow with the order of storing, and serve as cursors. */
export const storedEvent = object({
  id: eventId,
  agentId,
  service: string({ max: 200 }),
  host: string({ max: 300 }),
  receivedAtMs: integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  event: agentEvent,
});
export type StoredEvent = Infer<typeof storedEvent>;

/** Newest first; `next`, when there is more, is the cursor for the page of older ones. */
export const eventPage = object({ events: array(storedEvent, { max: 1_000 }), next: optional(eventId) });
export type EventPage = Infer<typeof eventPage>;

/**
 * One message of the live tail. `event` carries its id as the SSE id, so a tail that reconnects with `Last-Event-ID`
 * misses nothing and sees nothing twice; the stream begins with the id of where it starts, without a message. `probe` is sent when a probe's state, statuses or counters change.
 * `gap`: the reader was too slow and `missed` events were left out; they can be read from the list.
 */
export const tailMessage = variant('kind', {
  event: { event: storedEvent },
  probe: { record: probeRecord },
  gap: { missed: integer({ min: 1, max: Number.MAX_SAFE_INTEGER }) },
});
export type TailMessage = Infer<typeof tailMessage>;
