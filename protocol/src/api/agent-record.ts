import { agentHealth } from '../agent/batch.ts';
import { sessionRequest } from '../agent/session.ts';
import { agentId } from '../probe/identifier.ts';
import { integer, string } from '../schema/scalars.ts';
import type { Infer } from '../schema/schema.ts';
import { array, object, optional, record } from '../schema/structures.ts';

const instant = integer({ min: 0, max: Number.MAX_SAFE_INTEGER });

/** Above the bound of an agent's own tags, for those that the server adds to them. */
const carriedTags = record(string({ max: 300 }), { max: 60, maxKey: 100 });

/** An agent with a session. Its tags hold what it sent and `service host pid runtime agent thread`, so selectors can name those. */
export const agentRecord = object({
  ...sessionRequest.fields,
  tags: carriedTags,
  id: agentId,
  connectedAtMs: instant,
  lastSeenAtMs: instant,
  health: optional(agentHealth),
});
export type AgentRecord = Infer<typeof agentRecord>;

export const agentList = object({ agents: array(agentRecord, { max: 100_000 }) });
export type AgentList = Infer<typeof agentList>;
