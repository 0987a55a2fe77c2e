import { createHash } from 'node:crypto';
import type { AgentHealth, AgentRecord, SessionRequest, Tags } from '@sonde/protocol';
import { base36 } from '../random-id.ts';

/** An agent that is there. */
export interface AgentSession {
  readonly id: string;
  readonly agentId: string;
  readonly request: SessionRequest;
  /** What selectors speak of: the tags it sent and the built-in ones. */
  readonly tags: Tags;
  readonly connectedAtMs: number;
  readonly lastSeenAtMs: number;
  readonly health: AgentHealth | undefined;
}

/**
 * The id of the agent in a process: derived from the process's own random id, so that it is the same in every session,
 * after every restart and on every replica without being kept anywhere.
 */
export function agentIdOf(instance: string): string {
  return `a_${base36(createHash('sha256').update(instance).digest().subarray(0, 16))}`;
}

/** The built-in tags win over sent ones of the same name: a selector such as `service=shop` must mean what it says. */
export function tagsOf(request: SessionRequest, agentId: string): Tags {
  const { service, host, pid, runtime, thread } = request;
  const builtIn = { service, host, pid: String(pid), runtime, agent: agentId, thread };
  return Object.assign(Object.create(null), request.tags, builtIn);
}

export function recordOf(session: AgentSession): AgentRecord {
  const { agentId, connectedAtMs, lastSeenAtMs, request, tags, health } = session;
  return { ...request, tags, id: agentId, connectedAtMs, lastSeenAtMs, ...(health && { health }) };
}
