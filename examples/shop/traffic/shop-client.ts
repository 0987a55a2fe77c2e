import { Agent, request } from 'node:http';

export interface ShopAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
}

/** Talks JSON with the gateway over connections that it keeps. */
export class ShopClient {
  readonly #url: string;
  readonly #agent: Agent;

  constructor(url: string, maxConnections = 64) {
    this.#url = url;
    this.#agent = new Agent({ keepAlive: true, maxSockets: maxConnections });
  }

  /** @throws when there is no answer; an answer with an error status is an answer */
  send(method: string, path: string, body?: unknown): Promise<ShopAnswer> {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const headers =
      payload === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(payload)) };
    return new Promise((resolve, reject) => {
      const outgoing = request(new URL(path, this.#url), { method, agent: this.#agent, headers }, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          try {
            const text = Buffer.concat(chunks).toString('utf8');
            resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: JSON.parse(text) });
          } catch (error) {
            reject(error);
          }
        });
      });
      outgoing.on('error', reject);
      outgoing.setTimeout(10_000, () => outgoing.destroy(new Error(`No answer from ${path} within 10 s`)));
      outgoing.end(payload);
    });
  }

  async skus(): Promise<readonly string[]> {
    const { status, body } = await this.send('GET', '/products');
    if (status !== 200) throw new Error(`GET /products was answered with status ${status}`);
    return (body as readonly { readonly sku: string }[]).map(({ sku }) => sku);
  }

  close(): void {
    this.#agent.destroy();
  }
}
