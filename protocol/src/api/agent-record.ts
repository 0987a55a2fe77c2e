import { agentHealth } from '../agent/batch.ts';
import { sessionRequest } from '../agent/session.ts';
import { agentId } from '../probe/identifier.ts';
import { integer } from '../schema/scalars.ts';
import type { Infer } from '../schema/schema.ts';
import { array, object, optional } from '../schema/structures.ts';

const instant = integer({ min: 0, max: Number.MAX_SAFE_INTEGER });

/** An agent with a session. Its tags hold what it sent and `service host pid runtime agent thread`, so selectors can name those. */
export const agentRecord = object({
  ...sessionRequest.fields,
  id: agentId,
  connectedAtMs: instant,
  lastSeenAtMs: instant,
  health: optional(agentHealth),
});
export type AgentRecord = Infer<typeof agentRecord>;

export const agentList = object({ agents: array(agentRecord, { max: 100_000 }) });
export type AgentList = Infer<typeof agentList>;
