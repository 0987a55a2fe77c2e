import { agentRoutes, apiRoutes } from '@sonde/protocol';
import type { Bus } from '../bus/bus.ts';
import { type Endpoint, reply, streams } from '../endpoint.ts';
import type { ProbeFeed } from '../probes/probe-feed.ts';
import type { ProbeService } from '../probes/probe-service.ts';
import type { EventService } from './event-service.ts';
import type { EventStore } from './event-store.ts';
import { EventTail } from './event-tail.ts';

interface EventRouteDeps {
  readonly events: EventService;
  readonly probes: ProbeService;
  readonly store: EventStore;
  readonly bus: Bus;
  readonly feed: ProbeFeed;
  readonly report: (error: unknown) => void;
}

export function eventEndpoints(deps: EventRouteDeps): readonly Endpoint[] {
  const { events, probes } = deps;
  const tailDeps = { ...deps, findProbe: (probeId: string) => probes.find(probeId) };
  return [
    reply(agentRoutes.sendBatch, ({ params, body }) => events.ingest(params.sessionId, body)),
    reply(apiRoutes.listEvents, ({ query }) =>
      events.list({ probeId: query.probe, kind: query.kind }, query.before, query.limit),
    ),
    reply(apiRoutes.getEvent, ({ params }) => events.get(params.eventId)),
    streams(apiRoutes.tail, async ({ query, lastEventId }) => {
      const afterSeq = await events.tailStart(lastEventId);
      // Refused here, while there can still be a refusal.
      if (query.probe !== undefined) await probes.get(query.probe);
      const options = { filter: { probeId: query.probe, kind: query.kind }, afterSeq };
      return (stream) => void new EventTail(tailDeps, options, stream).run();
    }),
  ];
}
