export * from './agent.ts';
export { type AgentList, type AgentRecord, agentList, agentRecord } from './api/agent-record.ts';
export { apiRoutes } from './api/api-routes.ts';
export {
  type AgentExplanation,
  type AgentReport,
  agentReport,
  type CreateProbeRequest,
  type CreateProbeResponse,
  createProbeRequest,
  createProbeResponse,
  type ExplainRequest,
  type ExplainResponse,
  explainRequest,
  explainResponse,
  type ProbeList,
  type ProbeRecord,
  type ProbeState,
  probeList,
  probeRecord,
  probeStates,
} from './api/probe-record.ts';
export { type ServerInfo, serverInfo } from './api/server-info.ts';
export {
  type EventPage,
  eventPage,
  type StoredEvent,
  storedEvent,
  type TailMessage,
  tailMessage,
} from './api/stored-event.ts';
export { messages } from './messages.ts';
