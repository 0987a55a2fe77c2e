import { type Agent, type IncomingMessage, request as openRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import { type ProblemDetail, problemDetail, protocolHeader, protocolVersion, type Route } from '@sonde/protocol';

/** A refusal of the server, as it came. */
export class WireRefusal extends Error {
  override readonly name = 'WireRefusal';
  readonly problem: ProblemDetail;

  constructor(problem: ProblemDetail) {
    super(`${problem.code}: ${problem.detail}`);
    this.problem = problem;
  }
}

export interface WireCall {
  readonly route: Route;
  readonly params?: { readonly [name: string]: string };
  readonly body?: unknown;
  readonly gzip?: boolean;
}

/** The bytes between a fake agent and a server; plain `node:http`, so that its sockets can be destroyed at will. */
export class AgentWire {
  readonly #url: string;
  readonly #token: string;
  readonly #connections: Agent;

  constructor(url: string, token: string, connections: Agent) {
    this.#url = url;
    this.#token = token;
    this.#connections = connections;
  }

  /** The decoded answer. Throws a `WireRefusal`, or what the network threw. */
  async call(call: WireCall): Promise<unknown> {
    const response = await this.open(call);
    const chunks: Buffer[] = [];
    for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    if ((response.statusCode ?? 0) >= 400) throw new WireRefusal(problemDetail.decode(JSON.parse(text)));
    return call.route.response?.decode(JSON.parse(text));
  }

  /** Calls with each message of a stream; resolves when the stream ends. */
  async listen(call: WireCall, onMessage: (message: unknown) => void): Promise<void> {
    const response = await this.open(call);
    response.setEncoding('utf8');
    if (response.statusCode !== 200) {
      let text = '';
      for await (const chunk of response as AsyncIterable<string>) text += chunk;
      throw new WireRefusal(problemDetail.decode(JSON.parse(text)));
    }
    let rest = '';
    for await (const chunk of response as AsyncIterable<string>) {
      const blocks = (rest + chunk).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const data = /^data: (.*)$/m.exec(block)?.[1];
        if (data !== undefined) onMessage(call.route.response?.decode(JSON.parse(data)));
      }
    }
  }

  private open({ route, params = {}, body, gzip }: WireCall): Promise<IncomingMessage> {
    const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
    const text = body === undefined ? undefined : JSON.stringify(body);
    const payload = text !== undefined && gzip ? gzipSync(text, { level: 1 }) : text;
    const headers = {
      authorization: `Bearer ${this.#token}`,
      [protocolHeader]: String(protocolVersion),
      ...(payload !== undefined && {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(payload),
        ...(gzip && { 'content-encoding': 'gzip' }),
      }),
    };
    return new Promise((resolve, reject) => {
      const request = openRequest(
        new URL(path, this.#url),
        { method: route.method, headers, agent: this.#connections },
        resolve,
      );
      request.on('error', reject);
      request.end(payload);
    });
  }
}
