import type { ApiClient } from '@sonde/api-client';

/** Ids of the agents that are there. The last word of one that is gone stays with a probe, and is not true any more. */
export async function connectedAgents(client: ApiClient): Promise<ReadonlySet<string>> {
  const { agents } = await client.listAgents();
  return new Set(agents.map(({ id }) => id));
}
