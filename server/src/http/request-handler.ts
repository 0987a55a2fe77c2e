import type { IncomingMessage, ServerResponse } from 'node:http';
import { finished } from 'node:stream/promises';
import { protocolHeader, protocolVersion } from '@sonde/protocol';
import type { Clock } from '../clock.ts';
import type { Call, Caller, Endpoint, MessageStream } from '../endpoint.ts';
import { Refusal } from '../refusal.ts';
import { decodeParams, decodePart, decodeQuery, requireProtocol } from './decode-call.ts';
import { EventStream } from './event-stream.ts';
import type { OriginGuard } from './origin-guard.ts';
import { problemOf, sendProblem } from './problem-response.ts';
import { readJson } from './request-body.ts';
import { type Match, MethodRefusal, Router } from './router.ts';
import { sendJson } from './send-json.ts';

interface HandlerDeps {
  readonly endpoints: readonly Endpoint[];
  readonly guard: OriginGuard;
  /** Who calls, or a refusal. */
  readonly authenticate: (authorization: string | undefined, audience: 'agent' | 'admin') => Caller;
  readonly clock: Clock;
  readonly report: (error: unknown) => void;
}

const nobody: Caller = { tokenId: '', name: 'anyone' };

/** Answers requests: everything between the bytes of HTTP and an endpoint. */
export class RequestHandler {
  readonly #deps: HandlerDeps;
  readonly #router: Router;
  readonly #streams = new Set<MessageStream<unknown>>();
  readonly #running = new Set<Promise<void>>();
  #stopping = false;

  constructor(deps: HandlerDeps) {
    this.#deps = deps;
    this.#router = new Router(deps.endpoints);
  }

  /** Never rejects. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const running = this.answer(request, response)
      .catch((error: unknown) => this.refuse(request, response, error))
      .then(() => delivered(response))
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
    return running;
  }

  /** Refuses what comes from now on, ends all streams, and resolves once what was asked before is answered. */
  async stop(): Promise<void> {
    this.#stopping = true;
    for (const stream of [...this.#streams]) stream.close();
    await Promise.all(this.#running);
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader(protocolHeader, protocolVersion);
    response.setHeader('cache-control', 'no-store');
    response.setHeader('x-content-type-options', 'nosniff');
    if (this.#stopping) throw new Refusal('server.stopping', 'The server is stopping: try again');
    this.#deps.guard.check(request);
    const { path, query } = target(request);
    const match = this.#router.match(request.method ?? '', path);
    requireProtocol(request.headers[protocolHeader]);
    const { audience } = match.endpoint.route;
    const caller = audience === 'anyone' ? nobody : this.#deps.authenticate(request.headers.authorization, audience);
    const call = await decodeCall(request, match, query, caller);
    if (match.endpoint.kind === 'stream') return this.openStream(response, match.endpoint, call);
    const answer = await match.endpoint.handle(call);
    if (answer === undefined) response.writeHead(204).end();
    else sendJson(response, match.endpoint.created ? 201 : 200, answer);
  }

  private async openStream(
    response: ServerResponse,
    endpoint: Extract<Endpoint, { kind: 'stream' }>,
    call: Call<Endpoint['route']>,
  ): Promise<void> {
    const connect = await endpoint.open(call);
    if (this.#stopping) throw new Refusal('server.stopping', 'The server is stopping: try again');
    const stream = new EventStream<{ readonly kind: string }>(response, this.#deps.clock);
    this.#streams.add(stream as MessageStream<unknown>);
    stream.onClose(() => this.#streams.delete(stream as MessageStream<unknown>));
    connect(stream as MessageStream<unknown>);
  }

  private refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
    // A caller that hung up in the midst of its body is no fault of ours.
    if (!(error instanceof Refusal) && (request.complete || !response.destroyed)) this.#deps.report(error);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (error instanceof MethodRefusal) response.setHeader('allow', error.allow);
    // What was not read of the body would be taken for the next request; let it run off and hang up.
    if (!request.complete) {
      response.setHeader('connection', 'close');
      request.resume();
    }
    sendProblem(response, problemOf(error));
  }
}

/** Waits until the whole answer is with the system; streams are never whole, and are ended by who stops the server. */
async function delivered(response: ServerResponse): Promise<void> {
  if (!response.writableEnded) return;
  await finished(response).catch(() => {});
}

function target(request: IncomingMessage): { readonly path: string; readonly query: URLSearchParams } {
  const [path = '', query = ''] = (request.url ?? '').split(/\?(.*)/s);
  return { path, query: new URLSearchParams(query) };
}

async function decodeCall(
  request: IncomingMessage,
  { endpoint, params }: Match,
  query: URLSearchParams,
  caller: Caller,
): Promise<Call<Endpoint['route']>> {
  const { route } = endpoint;
  const lastEventId = request.headers['last-event-id'];
  return {
    params: decodeParams(route.params, params),
    query: decodeQuery(route.query, query),
    body: (route.request && decodePart(route.request, await readJson(request, route.maxBodyBytes))) as undefined,
    caller,
    lastEventId: typeof lastEventId === 'string' && lastEventId !== '' ? lastEventId : undefined,
  };
}
