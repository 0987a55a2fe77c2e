import type { ApiClient, StreamMessage } from '@sonde/api-client';
import type { TailMessage } from '@sonde/protocol';

/**
 * Everything of one probe from its creation on, each event once: the stored ones whenever a connection stands, then the
 * live ones. The probe exists before the stream does, so its first hit may be stored by then.
 */
export async function* followProbe(
  client: ApiClient,
  probeId: string,
  signal: AbortSignal,
): AsyncGenerator<StreamMessage<TailMessage>> {
  const seen = new Set<string>();
  for await (const message of client.tail({ query: { probe: probeId }, signal })) {
    if (message.kind !== 'event') yield message;
    else if (!seen.has(message.event.id)) {
      seen.add(message.event.id);
      yield message;
    }
    if (message.kind !== 'connected' && message.kind !== 'gap') continue;
    const [page, record] = await Promise.all([
      client.listEvents({ query: { probe: probeId, limit: '1000' } }),
      client.getProbe({ params: { probeId } }),
    ]);
    if (signal.aborted) return;
    for (const event of page.events.toReversed()) {
      if (seen.has(event.id)) continue;
      seen.add(event.id);
      yield { kind: 'event', event };
    }
    yield { kind: 'probe', record };
  }
}
