import { agentEvent } from '../event/event.ts';
import { probeReport } from '../probe/status.ts';
import { integer, number } from '../schema/scalars.ts';
import type { Infer } from '../schema/schema.ts';
import { array, object } from '../schema/structures.ts';

const count = integer({ min: 0, max: Number.MAX_SAFE_INTEGER });

/** How the process does, and what the agent costs it. */
export const agentHealth = object({
  eventLoopDelayMs: number({ min: 0, max: 1e9, description: '99th percentile since the last batch' }),
  heapBytes: count,
  rssBytes: count,
  cpuShare: number({ min: 0, max: 1_000, description: 'Of one core, the whole process' }),
  agentCpuShare: number({
    min: 0,
    max: 1_000,
    description: 'Of one core, what probes took of the application’s thread',
  }),
  queueBytes: count,
  droppedEvents: count,
});
export type AgentHealth = Infer<typeof agentHealth>;

/**
 * `POST /agent/v1/sessions/{id}/events`. Batches of an instance are numbered from 1 and sent one at a time; the server
 * answers after the commit, and a number it has stored before is acknowledged again and dropped.
 */
export const batch = object({
  sequence: integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  events: array(agentEvent, { max: 5_000 }),
  statuses: array(probeReport, { max: 10_000 }),
  health: agentHealth,
});
export type Batch = Infer<typeof batch>;

export const batchResponse = object({ acknowledged: integer({ min: 0, max: Number.MAX_SAFE_INTEGER }) });
export type BatchResponse = Infer<typeof batchResponse>;
