import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { AgentHealth, ProbeReport } from '@sonde/protocol/agent';
import type { EncodedEvent } from './event-queue.ts';

export interface BatchContent {
  readonly events: readonly EncodedEvent[];
  readonly statuses: readonly ProbeReport[];
}

export interface EncodedBody {
  readonly bytes: Buffer;
  readonly gzip: boolean;
}

/** Below it, compressing costs more than the bytes. */
const compressFromBytes = 1_024;
const compress = promisify(gzip);

/** The JSON of a batch, put together from events that are JSON already; compressed on a thread of libuv's pool. */
export async function encodeBatch(sequence: number, content: BatchContent, health: AgentHealth): Promise<EncodedBody> {
  const events = content.events.map((event) => event.json).join(',');
  const rest = JSON.stringify({ sequence, statuses: content.statuses, health });
  const bytes = Buffer.from(`${rest.slice(0, -1)},"events":[${events}]}`);
  if (bytes.length < compressFromBytes) return { bytes, gzip: false };
  return { bytes: await compress(bytes, { level: 1 }), gzip: true };
}

/**
 * What to send in place of content that the server refuses: smaller parts, so that one bad event costs no other.
 * Empty when there is nothing smaller.
 */
export function splitContent({ events, statuses }: BatchContent): BatchContent[] {
  if (events.length > 0 && statuses.length > 0) {
    return [
      { events: [], statuses },
      { events, statuses: [] },
    ];
  }
  if (events.length > 1) return halves(events).map((part) => ({ events: part, statuses: [] }));
  if (statuses.length > 1) return halves(statuses).map((part) => ({ events: [], statuses: part }));
  return [];
}

function halves<T>(items: readonly T[]): [T[], T[]] {
  const middle = Math.ceil(items.length / 2);
  return [items.slice(0, middle), items.slice(middle)];
}
