import { apiRoutes } from '@sonde/protocol';
import { creates, type Endpoint, reply } from '../endpoint.ts';
import type { ProbeService } from './probe-service.ts';

export function probeEndpoints(probes: ProbeService): readonly Endpoint[] {
  return [
    reply(apiRoutes.explain, ({ body }) => probes.explain(body.selector ?? {}, body.location, body.draft)),
    creates(apiRoutes.createProbe, ({ body, caller }) => probes.create(body, caller.name)),
    reply(apiRoutes.listProbes, async ({ query }) => ({ probes: await probes.list(query.state) })),
    reply(apiRoutes.getProbe, ({ params }) => probes.get(params.probeId)),
    reply(apiRoutes.deleteProbe, ({ params }) => probes.delete(params.probeId)),
  ];
}
