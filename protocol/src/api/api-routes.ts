import { eventId, probeId } from '../probe/identifier.ts';
import { probeKinds } from '../probe/probe.ts';
import type { Route } from '../route.ts';
import { oneOf, string } from '../schema/scalars.ts';
import { object, optional } from '../schema/structures.ts';
import { agentList } from './agent-record.ts';
import {
  createProbeRequest,
  createProbeResponse,
  explainRequest,
  explainResponse,
  probeList,
  probeRecord,
  probeStates,
} from './probe-record.ts';
import { serverInfo } from './server-info.ts';
import { eventPage, storedEvent, tailMessage } from './stored-event.ts';

const none = object({});
const read = {
  params: none,
  query: none,
  request: undefined,
  audience: 'admin',
  stream: false,
  maxBodyBytes: 0,
} as const;

/** The calls of people and their tools. */
export const apiRoutes = {
  live: {
    ...read,
    method: 'GET',
    path: '/livez',
    summary: 'The process runs',
    audience: 'anyone',
    response: undefined,
  },
  ready: {
    ...read,
    method: 'GET',
    path: '/readyz',
    summary: 'The store answers and the server is not stopping',
    audience: 'anyone',
    response: undefined,
  },
  server: { ...read, method: 'GET', path: '/api/v1/server', summary: 'What runs here', response: serverInfo },
  listAgents: { ...read, method: 'GET', path: '/api/v1/agents', summary: 'Agents with a session', response: agentList },
  explain: {
    ...read,
    method: 'POST',
    path: '/api/v1/explain',
    summary: 'What would become of a probe at that place, asked of each matching agent',
    request: explainRequest,
    response: explainResponse,
    maxBodyBytes: 65_536,
  },
  createProbe: {
    ...read,
    method: 'POST',
    path: '/api/v1/probes',
    summary: 'Places a probe; refused when no matching agent could ever install it',
    request: createProbeRequest,
    response: createProbeResponse,
    maxBodyBytes: 65_536,
  },
  listProbes: {
    ...read,
    method: 'GET',
    path: '/api/v1/probes',
    summary: 'Probes, newest first',
    query: object({ state: optional(oneOf(probeStates)) }),
    response: probeList,
  },
  getProbe: {
    ...read,
    method: 'GET',
    path: '/api/v1/probes/{probeId}',
    summary: 'One probe, its state and what each agent says of it',
    params: object({ probeId }),
    response: probeRecord,
  },
  deleteProbe: {
    ...read,
    method: 'DELETE',
    path: '/api/v1/probes/{probeId}',
    summary: 'Removes a probe from every agent; its events stay',
    params: object({ probeId }),
    response: probeRecord,
  },
  listEvents: {
    ...read,
    method: 'GET',
    path: '/api/v1/events',
    summary: 'Stored events, newest first',
    query: object({
      probe: optional(probeId),
      kind: optional(oneOf(probeKinds)),
      before: optional(eventId),
      limit: optional(string({ max: 4, pattern: /^[1-9][0-9]{0,3}$/ })),
    }),
    response: eventPage,
  },
  tail: {
    ...read,
    method: 'GET',
    path: '/api/v1/events/tail',
    summary: 'Events and probe changes as they arrive',
    query: object({ probe: optional(probeId), kind: optional(oneOf(probeKinds)) }),
    response: tailMessage,
    stream: true,
  },
  getEvent: {
    ...read,
    method: 'GET',
    path: '/api/v1/events/{eventId}',
    summary: 'One stored event',
    params: object({ eventId }),
    response: storedEvent,
  },
} as const satisfies { readonly [name: string]: Route };
