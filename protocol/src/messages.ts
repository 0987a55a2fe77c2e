import { batch, batchResponse } from './agent/batch.ts';
import { command } from './agent/command.ts';
import { explanation } from './agent/explanation.ts';
import { sessionRequest, sessionResponse } from './agent/session.ts';
import { agentList } from './api/agent-record.ts';
import {
  createProbeRequest,
  createProbeResponse,
  explainRequest,
  explainResponse,
  probeList,
  probeRecord,
} from './api/probe-record.ts';
import { serverInfo } from './api/server-info.ts';
import { eventPage, storedEvent, tailMessage } from './api/stored-event.ts';
import { problemDetail } from './problem.ts';
import type { Schema } from './schema/schema.ts';

/** Every message of the wire by the name that its JSON Schema and its folder of fixtures carry. */
export const messages = {
  'session-request': sessionRequest,
  'session-response': sessionResponse,
  command,
  batch,
  'batch-response': batchResponse,
  explanation,
  'problem-detail': problemDetail,
  'agent-list': agentList,
  'create-probe-request': createProbeRequest,
  'create-probe-response': createProbeResponse,
  'explain-request': explainRequest,
  'explain-response': explainResponse,
  'probe-record': probeRecord,
  'probe-list': probeList,
  'stored-event': storedEvent,
  'event-page': eventPage,
  'tail-message': tailMessage,
  'server-info': serverInfo,
} as const satisfies { readonly [name: string]: Schema<unknown> };
