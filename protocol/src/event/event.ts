import { probeId } from '../probe/identifier.ts';
import { expression, logLevel } from '../probe/probe.ts';
import { problem } from '../problem.ts';
import { integer, string } from '../schema/scalars.ts';
import type { Infer } from '../schema/schema.ts';
import { array, object, optional, variant } from '../schema/structures.ts';
import { capturedField, capturedValue } from '../value/captured-value.ts';

const position = integer({ min: 1, max: 10_000_000 });

/** One call on the stack, innermost first; positions in the author's source where a source map says them. */
export const stackFrame = object({
  function: string({ max: 1_000 }),
  file: optional(string({ max: 4_096 })),
  line: optional(position),
  column: optional(position),
});
export type StackFrame = Infer<typeof stackFrame>;

/** What a watch expression gave: a value, or why it gave none. */
export const watchResult = object({
  expression,
  value: optional(capturedValue),
  problem: optional(problem),
});
export type WatchResult = Infer<typeof watchResult>;

const common = {
  probeId,
  probeVersion: integer({ min: 1, max: 1_000_000_000 }),
  sequence: integer({ min: 1, max: Number.MAX_SAFE_INTEGER, description: 'Counts the events of the process' }),
  timeNs: string({ max: 20, pattern: /^[0-9]{1,20}$/, description: 'Nanoseconds since 1970' }),
  thread: string({ max: 100, description: 'main, or the worker: worker-3' }),
  traceId: optional(string({ max: 32, pattern: /^[0-9a-f]{32}$/ })),
  spanId: optional(string({ max: 16, pattern: /^[0-9a-f]{16}$/ })),
};

/** What a hit sends. */
export const agentEvent = variant('kind', {
  snapshot: {
    ...common,
    stack: array(stackFrame, { max: 200 }),
    locals: array(capturedField, { max: 10_000 }),
    watches: array(watchResult, { max: 32 }),
  },
  log: { ...common, level: logLevel, message: string({ max: 100_000 }) },
});
export type AgentEvent = Infer<typeof agentEvent>;
export type SnapshotEvent = Extract<AgentEvent, { kind: 'snapshot' }>;
export type LogEvent = Extract<AgentEvent, { kind: 'log' }>;
