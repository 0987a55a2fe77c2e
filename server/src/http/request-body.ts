import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Refusal } from '../refusal.ts';

/**
 * Reads a JSON body of at most `maxBytes`, as it was sent and, for a gzip one, as it unpacks: nothing beyond the bound
 * is held at any time, so a bomb goes off nowhere.
 */
export async function readJson(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding === 'identity') return parse(await gather(bounded(request, maxBytes)));
  if (encoding !== 'gzip') {
    throw new Refusal('request.malformed', `Content-Encoding: expected gzip or none, got ${encoding.slice(0, 40)}`);
  }
  return parse(await unpack(request, maxBytes));
}

async function unpack(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  let body: Buffer = Buffer.alloc(0);
  try {
    await pipeline(bounded(request, maxBytes), createGunzip(), async (unpacked: AsyncIterable<Buffer>) => {
      body = await gather(bounded(unpacked, maxBytes));
    });
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('request.malformed', 'The body is not what gzip makes, or is cut short');
  }
  return body;
}

/** Not `for await` over the request: leaving that loop would destroy the socket before the answer is on its way. */
async function* bounded(chunks: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Buffer> {
  const source = 'iterator' in chunks ? (chunks as IncomingMessage).iterator({ destroyOnReturn: false }) : chunks;
  let bytes = 0;
  for await (const chunk of source as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    yield chunk;
  }
}

async function gather(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

function parse(body: Buffer): unknown {
  if (body.length === 0) throw new Refusal('request.malformed', 'The body is empty; JSON is expected');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new Refusal('request.malformed', 'The body is not UTF-8');
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Refusal('request.malformed', `The body is not JSON${where(text, error)}`);
  }
}

/** Only the place: the engine's message quotes the body, which may hold secrets. It names no place for some errors. */
function where(text: string, error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return `: it goes wrong at character ${Number(position) + 1}`;
  return message.startsWith('Unexpected end') ? `: it ends too early, after ${text.length} characters` : '';
}

function tooLarge(maxBytes: number): Refusal {
  return new Refusal('request.too-large', `The body is too large: at most ${maxBytes} bytes, packed and unpacked`);
}
