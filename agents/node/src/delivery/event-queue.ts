import type { AgentEvent } from '@sonde/protocol/agent';

/** An event as it goes over the wire. `bytes` is its length there. */
export interface EncodedEvent {
  readonly json: string;
  readonly bytes: number;
}

export interface EventQueue {
  /** Bytes of all events that are not settled: those that wait and those that were taken. */
  readonly bytes: number;
  readonly waiting: number;
  readonly waitingBytes: number;
  /** Encodes the event and keeps it; `undefined` when it was dropped because it does not fit. */
  offer(event: AgentEvent): EncodedEvent | undefined;
  /** The oldest events, at least one if there is one. They count until they are settled. */
  take(maxEvents: number, maxBytes: number): EncodedEvent[];
  settle(events: readonly EncodedEvent[]): void;
}

/**
 * Holds what the server has not confirmed, within a bound in bytes. What does not fit is the newest: a person looks
 * for how it began, and what is taken already may be with the server.
 */
export function createEventQueue(maxBytes: number): EventQueue {
  let events: EncodedEvent[] = [];
  let first = 0;
  let bytes = 0;
  let waitingBytes = 0;
  return {
    get bytes() {
      return bytes;
    },
    get waiting() {
      return events.length - first;
    },
    get waitingBytes() {
      return waitingBytes;
    },
    offer(event) {
      const json = JSON.stringify(event);
      const encoded = { json, bytes: Buffer.byteLength(json) };
      if (bytes + encoded.bytes > maxBytes) return undefined;
      bytes += encoded.bytes;
      waitingBytes += encoded.bytes;
      events.push(encoded);
      return encoded;
    },
    take(maxEvents, maxBatchBytes) {
      let end = first;
      let taken = 0;
      for (; end < events.length && end - first < maxEvents; end += 1) {
        const size = events[end]?.bytes ?? 0;
        if (end > first && taken + size > maxBatchBytes) break;
        taken += size;
      }
      const batch = events.slice(first, end);
      waitingBytes -= taken;
      first = end;
      // Cutting off the head each time would copy the whole queue for each batch; this copies each event once or twice.
      if (first > events.length / 2) {
        events = events.slice(first);
        first = 0;
      }
      return batch;
    },
    settle(settled) {
      for (const event of settled) bytes -= event.bytes;
    },
  };
}
