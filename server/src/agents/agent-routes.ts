import { agentRoutes, apiRoutes, type Policy } from '@sonde/protocol';
import { creates, type Endpoint, reply, streams } from '../endpoint.ts';
import type { AgentAsks } from './agent-asks.ts';
import type { AgentService } from './agent-service.ts';
import { recordOf } from './agent-session.ts';
import type { AgentStreams } from './agent-streams.ts';

interface AgentRouteDeps {
  readonly agents: AgentService;
  readonly streams: AgentStreams;
  readonly asks: AgentAsks;
  readonly policy: Policy;
  /** The number of the last stored batch of an agent. */
  readonly acknowledged: (agentId: string) => Promise<number>;
}

export function agentEndpoints(deps: AgentRouteDeps): readonly Endpoint[] {
  const { agents, asks, policy } = deps;
  return [
    creates(agentRoutes.openSession, async ({ body }) => {
      const session = agents.open(body);
      const acknowledged = await deps.acknowledged(session.agentId);
      return { sessionId: session.id, agentId: session.agentId, ...agents.times, acknowledged, policy };
    }),
    streams(agentRoutes.commands, ({ params }) => {
      const session = agents.require(params.sessionId);
      return (stream) => deps.streams.connect(session, stream);
    }),
    reply(agentRoutes.answer, ({ params, body }) => {
      agents.heard(params.sessionId, undefined);
      asks.answer(params.sessionId, params.askId, body);
      return undefined;
    }),
    reply(agentRoutes.closeSession, ({ params }) => {
      agents.end(agents.require(params.sessionId).id);
      return undefined;
    }),
    reply(apiRoutes.listAgents, () => ({ agents: agents.list().map(recordOf) })),
  ];
}
