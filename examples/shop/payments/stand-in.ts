import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface StandInSettings {
  readonly port: number;
  readonly seed: string;
  /** The longest answer takes about this long; 0 answers at once. */
  readonly maxLatencyMs: number;
}

const DECLINED_ONE_IN = 50;

const settings: StandInSettings = {
  port: Number(process.env['PORT'] ?? '4101'),
  seed: process.env['SEED'] ?? '7',
  maxLatencyMs: Number(process.env['MAX_LATENCY_MS'] ?? '20'),
};

const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    send(response, 400, { reason: String(error) });
  });
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url === '/health') return send(response, 200, { status: 'up' });
  if (request.method !== 'POST' || request.url !== '/charges') return send(response, 404, { reason: 'no such thing' });
  const charge = JSON.parse(await bodyOf(request)) as { readonly reference: string };
  // By the order's reference and not by the order of arrival, so that a seed always declines the same orders.
  const lot = createHash('sha256').update(`${settings.seed}/${charge.reference}`).digest();
  const latencyMs = Math.floor((lot.readUInt16BE(2) / 65_536) * settings.maxLatencyMs);
  if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs));
  if (lot.readUInt16BE(0) % DECLINED_ONE_IN === 0) return send(response, 402, { reason: 'insufficient funds' });
  send(response, 201, { id: `ch_${lot.toString('hex', 4, 12)}` });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

const stop = (): void => {
  server.close();
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);

server.listen(settings.port, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  process.stdout.write(`${JSON.stringify({ ready: true, name: 'payments', url, pid: process.pid })}\n`);
});
