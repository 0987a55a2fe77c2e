import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { apiRoutes, type Route } from '@sonde/protocol';

type RouteName = keyof typeof apiRoutes;

export interface ReceivedCall {
  readonly route: RouteName;
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly headers: IncomingMessage['headers'];
}

export type Handler = (call: ReceivedCall, response: ServerResponse) => void;

/** A server that knows the route table and nothing else: it decodes every call by it and hands it to the test. */
export async function startFakeApi(handler: Handler) {
  const received: ReceivedCall[] = [];
  const server = createServer(async (request, response) => {
    const call = await readCall(request);
    received.push(call);
    handler(call, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readCall(request: IncomingMessage): Promise<ReceivedCall> {
  const url = new URL(request.url ?? '/', 'http://fake');
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  for (const [name, route] of Object.entries(apiRoutes) as [RouteName, Route][]) {
    const params = matchPath(route.path, url.pathname);
    if (!params || route.method !== request.method) continue;
    return {
      route: name,
      params: route.params.decode(params),
      query: route.query.decode(Object.fromEntries(url.searchParams)),
      body: route.request?.decode(JSON.parse(Buffer.concat(chunks).toString())),
      headers: request.headers,
    };
  }
  throw new Error(`no route for ${request.method} ${request.url}`);
}

function matchPath(pattern: string, path: string): { readonly [name: string]: string } | undefined {
  const expression = new RegExp(`^${pattern.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
  const match = expression.exec(path);
  return match ? { ...match.groups } : undefined;
}

export function answerJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' });
  response.end(JSON.stringify(body));
}

/** Starts a stream of server-sent events; the function it returns writes one. */
export function answerStream(response: ServerResponse): (message: unknown, id?: string) => void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
  return (message, id) => response.write(`${id ? `id: ${id}\n` : ''}data: ${JSON.stringify(message)}\n\n`);
}
