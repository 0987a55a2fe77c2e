import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Refusal } from '../refusal.ts';
import { StartError } from '../start-error.ts';
import { problemOf } from './problem-response.ts';

const limits = {
  maxHeaderSize: 16_384,
  /** The whole of a request's head, and the whole of the request, must have come within these. */
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 2_000,
  /** Longer than the default heartbeat, so that an agent's connection lives from one to the next. */
  keepAliveTimeout: 30_000,
} as const;

/** How long requests that are being answered may hold up a stop. */
const finishMs = 5_000;

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** A listening socket. It takes connections at once and answers them when `serve` has said how. */
export class HttpServer {
  readonly #server: Server;
  readonly #serving = Promise.withResolvers<Handle>();

  private constructor(server: Server) {
    this.#server = server;
    server.on('request', (request, response) => {
      void this.#serving.promise.then((handle) => handle(request, response));
    });
    server.on('clientError', refuseBytes);
  }

  /** Takes the port, or refuses with a `StartError` that says why it cannot be had. */
  static async listen(host: string, port: number): Promise<HttpServer> {
    const server = createServer(limits);
    const http = new HttpServer(server);
    server.listen(port, host);
    try {
      await once(server, 'listening');
    } catch (error) {
      throw listenError(error, host, port);
    }
    return http;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  serve(handle: Handle): void {
    this.#serving.resolve(handle);
  }

  /** Takes no more connections, waits for `finish` a bounded time, and hangs up on who is left. */
  async close(finish: () => Promise<void>): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    const timeout = Promise.withResolvers<void>();
    const timer = setTimeout(timeout.resolve, finishMs);
    await Promise.race([finish(), timeout.promise]);
    clearTimeout(timer);
    this.#server.closeAllConnections();
    await closed;
  }
}

/** For bytes that are no request at all; there is no response object to answer with. */
function refuseBytes(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const large = error.code === 'HPE_HEADER_OVERFLOW';
  const refusal = large
    ? new Refusal('request.too-large', `The head of the request is too large: at most ${limits.maxHeaderSize} bytes`)
    : new Refusal('request.malformed', 'This is not a request of HTTP, or it came too slowly');
  const problem = problemOf(refusal);
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${large ? 'Content Too Large' : 'Bad Request'}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function listenError(error: unknown, host: string, port: number): unknown {
  const { code } = error as NodeJS.ErrnoException;
  const where = `${host}:${port}`;
  if (code === 'EADDRINUSE') {
    const hint = 'Another server may be running there: use that one, or choose another port with --port';
    return new StartError('listen.in-use', `Something is listening on ${where} already`, hint, error);
  }
  if (code === 'EACCES') {
    const hint = 'Choose a port above 1023 with --port';
    return new StartError('listen.denied', `This user may not listen on ${where}`, hint, error);
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    const hint = 'Choose an address of this machine with --host';
    return new StartError('listen.address', `${host} is not an address of this machine`, hint, error);
  }
  return error;
}
