import { agentId, sessionId } from '../probe/identifier.ts';
import { captureLimits } from '../probe/limits.ts';
import { tags } from '../probe/tags.ts';
import { integer, number, oneOf, string } from '../schema/scalars.ts';
import type { Infer } from '../schema/schema.ts';
import { array, object, optional } from '../schema/structures.ts';

/** Sent as header `Sonde-Protocol` by both sides; a different one is refused. */
export const protocolVersion = 1;
export const protocolHeader = 'sonde-protocol';

export const runtimes = ['node', 'python', 'java'] as const;

/** `POST /agent/v1/sessions`: who is there. `instance` is the process's own random id and survives reconnects. */
export const sessionRequest = object({
  instance: string({ max: 64, pattern: /^[0-9a-zA-Z-]{8,64}$/ }),
  runtime: oneOf(runtimes),
  runtimeVersion: string({ max: 100 }),
  agentVersion: string({ max: 100 }),
  service: string({ min: 1, max: 200 }),
  host: string({ max: 300 }),
  pid: integer({ min: 0, max: 4_294_967_295 }),
  thread: string({ max: 100, description: 'main, or the worker: worker-3' }),
  root: string({ max: 4_096, description: 'The folder that file names are relative to' }),
  startedAtMs: integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  commit: optional(string({ max: 100 })),
  tags,
});
export type SessionRequest = Infer<typeof sessionRequest>;

/** What is masked before it leaves the process, beyond what the agent masks by itself. */
export const redactionPolicy = object({
  version: integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  names: array(string({ min: 1, max: 200 }), { max: 1_000 }),
  exceptNames: array(string({ min: 1, max: 200 }), { max: 1_000 }),
});
export type RedactionPolicy = Infer<typeof redactionPolicy>;

/** What an agent may use of its host, and the most that a probe may ask of it. */
export const agentLimits = object({
  cpuShare: number({ min: 0.0001, max: 1, description: 'Of one core: 0.01 is one percent' }),
  maxEventsPerSecond: integer({ min: 1, max: 10_000_000 }),
  maxBytesPerSecond: integer({ min: 1_024, max: 1_000_000_000 }),
  maxQueueBytes: integer({ min: 65_536, max: 1_000_000_000 }),
  capture: captureLimits,
});
export type AgentLimits = Infer<typeof agentLimits>;

export const policy = object({ redaction: redactionPolicy, limits: agentLimits });
export type Policy = Infer<typeof policy>;

/** The server's answer to a session. A server that hears nothing for `sessionTimeoutMs` calls the agent lost. */
export const sessionResponse = object({
  sessionId,
  agentId,
  heartbeatMs: integer({ min: 100, max: 600_000 }),
  sessionTimeoutMs: integer({ min: 200, max: 3_600_000 }),
  acknowledged: integer({
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    description: 'The last batch of this instance that is stored',
  }),
  policy,
});
export type SessionResponse = Infer<typeof sessionResponse>;
