import type { IncomingMessage, ServerResponse } from 'node:http';
import { gunzipSync } from 'node:zlib';
import {
  agentRoutes,
  batch,
  type ErrorCode,
  explanation,
  protocolHeader,
  protocolVersion,
  sessionRequest,
} from '@sonde/protocol/agent';
import type { FakeServerState, FakeSession } from './fake-server-state.ts';

type RouteName = keyof typeof agentRoutes;

export interface Refusal {
  readonly status: number;
  readonly code: ErrorCode;
  /** Absent: every call. */
  readonly route?: RouteName;
}

interface Call {
  readonly route: RouteName;
  readonly params: { readonly [name: string]: string | undefined };
  readonly body: unknown;
}

/** Answers one call of an agent. What breaks the protocol is refused and written down as a violation. */
export async function handleAgentCall(
  state: FakeServerState,
  token: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.setHeader(protocolHeader, String(protocolVersion));
  // An agent that goes away in the middle of a request is what some tests are about.
  const chunks = await request.toArray().catch(() => undefined);
  if (!chunks) return;
  try {
    const call = readCall(state, token, request, Buffer.concat(chunks as Buffer[]));
    const refusal = state.refusal;
    if (refusal && (refusal.route ?? call.route) === call.route) refuse(response, refusal.status, refusal.code);
    else answer(state, call, response);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    state.violations.push(`${request.method} ${request.url}: ${message}`);
    refuse(response, 400, 'request.invalid', message);
  }
  state.changed();
}

function readCall(state: FakeServerState, token: string, request: IncomingMessage, raw: Buffer): Call {
  const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw;
  state.received.push(`${request.method} ${request.url}\n${request.rawHeaders.join('\n')}\n\n${body}`);
  if (request.headers[protocolHeader] !== String(protocolVersion)) throw new Error('no protocol header');
  if (request.headers.authorization !== `Bearer ${token}`) throw new Error('not the token of an agent');
  const found = findRoute(request.method ?? '', request.url ?? '');
  if (!found) throw new Error('no such route');
  const { maxBodyBytes } = agentRoutes[found.route];
  if (body.length > maxBodyBytes) throw new Error(`a body of ${body.length} bytes`);
  return { ...found, body: body.length === 0 ? undefined : JSON.parse(body.toString()) };
}

function findRoute(method: string, url: string): Omit<Call, 'body'> | undefined {
  for (const route of Object.keys(agentRoutes) as RouteName[]) {
    const pattern = agentRoutes[route].path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)');
    const match = agentRoutes[route].method === method && new RegExp(`^${pattern}$`).exec(url);
    if (match) return { route, params: match.groups ?? {} };
  }
  return undefined;
}

function answer(state: FakeServerState, { route, params, body }: Call, response: ServerResponse): void {
  if (route === 'openSession') {
    reply(response, 200, state.openSession(sessionRequest.decode(body)));
    return;
  }
  const session = state.openSessionWithId(params['sessionId'] ?? '');
  if (!session) {
    refuse(response, 404, 'session.unknown');
    return;
  }
  if (route === 'commands') openStream(state, session, response);
  else if (route === 'sendBatch') takeBatch(state, session, body, response);
  else {
    if (route === 'closeSession') session.state = 'left';
    else state.answers.set(params['askId'] ?? '', explanation.decode(body));
    response.writeHead(204).end();
  }
}

function openStream(state: FakeServerState, session: FakeSession, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  state.listen(session, response);
}

function takeBatch(state: FakeServerState, session: FakeSession, body: unknown, response: ServerResponse): void {
  const { instance } = session.request;
  if (state.busy.has(instance)) state.violations.push(`${instance} sent a batch before the last one was answered`);
  state.store(instance, batch.decode(body));
  if (state.acknowledging) {
    reply(response, 200, { acknowledged: state.acknowledged(instance) });
    return;
  }
  state.busy.add(instance);
  response.on('close', () => state.busy.delete(instance));
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function refuse(response: ServerResponse, status: number, code: ErrorCode, detail = `refused with ${code}`): void {
  const body = { type: `urn:sonde:error:${code}`, title: code, status, code, detail };
  response.writeHead(status, { 'content-type': 'application/problem+json' }).end(JSON.stringify(body));
}
