import { askId, sessionId } from '../probe/identifier.ts';
import type { Route } from '../route.ts';
import { object } from '../schema/structures.ts';
import { batch, batchResponse } from './batch.ts';
import { command } from './command.ts';
import { explanation } from './explanation.ts';
import { sessionRequest, sessionResponse } from './session.ts';

const none = object({});
const inSession = object({ sessionId });

/** The calls of an agent. Batches may be gzip; `maxBodyBytes` bounds a body after it was unpacked. */
export const agentRoutes = {
  openSession: {
    method: 'POST',
    path: '/agent/v1/sessions',
    summary: 'An agent says who it is and gets a session',
    audience: 'agent',
    params: none,
    query: none,
    request: sessionRequest,
    response: sessionResponse,
    stream: false,
    maxBodyBytes: 65_536,
  },
  commands: {
    method: 'GET',
    path: '/agent/v1/sessions/{sessionId}/commands',
    summary: 'The desired set of probes, and whatever else the server asks, as it changes',
    audience: 'agent',
    params: inSession,
    query: none,
    request: undefined,
    response: command,
    stream: true,
    maxBodyBytes: 0,
  },
  sendBatch: {
    method: 'POST',
    path: '/agent/v1/sessions/{sessionId}/events',
    summary: 'Events, statuses and health; acknowledged once they are durable',
    audience: 'agent',
    params: inSession,
    query: none,
    request: batch,
    response: batchResponse,
    stream: false,
    maxBodyBytes: 16_777_216,
  },
  answer: {
    method: 'POST',
    path: '/agent/v1/sessions/{sessionId}/answers/{askId}',
    summary: 'The answer to an explain command',
    audience: 'agent',
    params: object({ sessionId, askId }),
    query: none,
    request: explanation,
    response: undefined,
    stream: false,
    maxBodyBytes: 1_048_576,
  },
  closeSession: {
    method: 'DELETE',
    path: '/agent/v1/sessions/{sessionId}',
    summary: 'A clean leave',
    audience: 'agent',
    params: inSession,
    query: none,
    request: undefined,
    response: undefined,
    stream: false,
    maxBodyBytes: 0,
  },
} as const satisfies { readonly [name: string]: Route };
