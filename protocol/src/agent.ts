// What an agent may know of the protocol: nouns and agent messages, none of the API.
export { agentRoutes } from './agent/agent-routes.ts';
export { type AgentHealth, agentHealth, type Batch, type BatchResponse, batch, batchResponse } from './agent/batch.ts';
export { type Command, type CommandKind, command, keepAliveMs, silenceMs } from './agent/command.ts';
export { type Explanation, explanation, type Gear, gears } from './agent/explanation.ts';
export {
  type AgentLimits,
  agentLimits,
  type Policy,
  policy,
  protocolHeader,
  protocolVersion,
  type RedactionPolicy,
  redactionPolicy,
  runtimes,
  type SessionRequest,
  type SessionResponse,
  sessionRequest,
  sessionResponse,
} from './agent/session.ts';
export { type ErrorCode, errorCode, errorCodes } from './error-code.ts';
export {
  type AgentEvent,
  agentEvent,
  type LogEvent,
  type SnapshotEvent,
  type StackFrame,
  stackFrame,
  type WatchResult,
  watchResult,
} from './event/event.ts';
export { agentId, askId, eventId, probeId, sessionId } from './probe/identifier.ts';
export {
  type CaptureLimits,
  captureLimits,
  defaultCaptureLimits,
  type ProbeLimits,
  probeLimits,
} from './probe/limits.ts';
export { type Location, location, type Mechanism, mechanisms } from './probe/location.ts';
export {
  expression,
  type LogLevel,
  logLevel,
  logLevels,
  type Probe,
  type ProbeDraft,
  type ProbeKind,
  probe,
  probeDraft,
  probeKinds,
} from './probe/probe.ts';
export { matchesSelector, type Selector, selector } from './probe/selector.ts';
export {
  type Binding,
  binding,
  type ProbeCounters,
  type ProbeReport,
  type ProbeStatus,
  probeCounters,
  probeReport,
  probeStatuses,
} from './probe/status.ts';
export { type Tags, tags } from './probe/tags.ts';
export { type Problem, type ProblemDetail, problem, problemDetail, type TextRange, textRange } from './problem.ts';
export type { Audience, HttpMethod, Route } from './route.ts';
export { DecodeError, type Infer, type JsonSchema, type Schema } from './schema/schema.ts';
export {
  type CapturedEntry,
  type CapturedField,
  type CapturedValue,
  capturedField,
  capturedValue,
  type MissingReason,
  missingReasons,
  type ValueType,
  valueTypes,
} from './value/captured-value.ts';
