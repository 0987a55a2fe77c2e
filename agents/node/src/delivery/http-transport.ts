import http from 'node:http';
import https from 'node:https';
import { protocolHeader, protocolVersion } from '@sonde/protocol/agent';
import type { StreamListener, Transport, TransportRequest, TransportResponse } from './transport.ts';

const timeoutMs = 10_000;
/** The server's answers are small; one that is not is not the server's. */
const maxResponseBytes = 1_048_576;

/**
 * HTTP/1.1 by Node's own client over connections of its own. Throws when the URL is none or the token cannot be sent.
 */
export function createHttpTransport(url: string, token: string): Transport {
  const base = new URL(url);
  if (base.protocol !== 'http:' && base.protocol !== 'https:') throw new Error(`${base.protocol} is not http or https`);
  http.validateHeaderValue('authorization', token);
  const client = base.protocol === 'https:' ? https : http;
  const agent = new client.Agent({ keepAlive: true, maxSockets: 4 });
  const headers = { authorization: `Bearer ${token}`, [protocolHeader]: String(protocolVersion) };
  const prefix = base.pathname.replace(/\/+$/, '');
  const begin = (method: string, path: string, extra: http.OutgoingHttpHeaders) =>
    client.request(new URL(prefix + path, base), { agent, method, headers: { ...headers, ...extra } });

  return {
    async send(request) {
      const attempt = () => exchange(begin(request.method, request.path, bodyHeaders(request)), request.body);
      try {
        return await attempt();
      } catch (error) {
        // The server may close an idle connection just as it is used again: that says nothing of the server.
        if (error instanceof StaleConnectionError) return attempt();
        throw error;
      }
    },
    listen: (path, listener) => listen(begin('GET', path, { accept: 'text/event-stream' }), listener),
  };
}

class StaleConnectionError extends Error {
  override readonly name = 'StaleConnectionError';
}

function bodyHeaders({ body, gzip }: TransportRequest): http.OutgoingHttpHeaders {
  if (!body) return {};
  return {
    'content-type': 'application/json',
    'content-length': body.length,
    ...(gzip && { 'content-encoding': 'gzip' }),
  };
}

function exchange(request: http.ClientRequest, body: Buffer | undefined): Promise<TransportResponse> {
  return new Promise((resolve, reject) => {
    request.setTimeout(timeoutMs, () => request.destroy(new Error(`no answer within ${timeoutMs / 1000} s`)));
    request.on('error', (error: NodeJS.ErrnoException) => {
      const stale = request.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
      reject(stale ? new StaleConnectionError(error.message) : readable(error));
    });
    request.on('response', (response) => readBody(response).then(resolve, reject));
    request.end(body);
  });
}

async function readBody(response: http.IncomingMessage): Promise<TransportResponse> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxResponseBytes) throw new Error(`an answer of more than ${maxResponseBytes} bytes`);
    chunks.push(chunk);
  }
  const protocol = response.headers[protocolHeader];
  return {
    status: response.statusCode ?? 0,
    protocol: typeof protocol === 'string' ? protocol : undefined,
    body: Buffer.concat(chunks).toString(),
  };
}

function listen(request: http.ClientRequest, listener: StreamListener): () => void {
  let ended = false;
  const end = (reason: string, refusal?: TransportResponse) => {
    if (ended) return;
    ended = true;
    request.destroy();
    listener.onEnd(reason, refusal);
  };
  request.on('error', (error) => end(readable(error).message));
  request.on('response', (response) => {
    const isStream = response.headers['content-type']?.startsWith('text/event-stream');
    if (response.statusCode !== 200 || !isStream) {
      readBody(response).then(
        (refusal) => end(`refused with status ${refusal.status}`, refusal),
        (error: Error) => end(error.message),
      );
      return;
    }
    // Commands are small and a person waits for them.
    response.socket.setNoDelay(true);
    if (!ended) listener.onOpen();
    response.on('data', (chunk: Buffer) => {
      if (!ended) listener.onChunk(chunk);
    });
    response.on('error', (error) => end(readable(error).message));
    response.on('close', () => end('the server closed the stream'));
  });
  request.end();
  return () => {
    ended = true;
    request.destroy();
  };
}

/** A host with several addresses fails with an error that has no message of its own. */
function readable(error: Error & { readonly code?: string | undefined; readonly errors?: readonly Error[] }): Error {
  return error.message ? error : new Error(error.errors?.[0]?.message ?? error.code ?? error.name);
}
