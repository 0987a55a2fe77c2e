import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../fake-clock.ts';
import { EventStream } from './event-stream.ts';

/** Far longer than it takes, for machines that are busy. */
const patiently = { timeout: 20_000, interval: 20 };

describe('a stream of server-sent events', () => {
  let server: Server;
  let clock: FakeClock;
  let response: ServerResponse;
  let incoming: IncomingMessage;
  let stream: EventStream<{ readonly kind: string; readonly text?: string }>;

  beforeEach(async () => {
    clock = new FakeClock();
    server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const request = get(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    request.on('error', () => {});
    [, response] = await once(server, 'request');
    stream = new EventStream(response, clock);
    [incoming] = await once(request, 'response');
  });
  afterEach(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close').catch(() => {});
  });

  const big = { kind: 'big', text: 'x'.repeat(100_000) };

  /** Until the reader, who reads nothing, has made it full. */
  async function fill(): Promise<void> {
    while (!stream.full) {
      stream.send(big);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  it('writes kind, id and the whole message, and an id that is no message', async () => {
    stream.mark('e_0');
    stream.send({ kind: 'one', text: 'a\nb' }, 'e_1');
    stream.send({ kind: 'two' });
    stream.close();
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    expect(incoming.headers['content-type']).toBe('text/event-stream');
    expect(Buffer.concat(chunks).toString()).toBe(
      ': open\n\nid: e_0\n\nid: e_1\nevent: one\ndata: {"kind":"one","text":"a\\nb"}\n\nevent: two\ndata: {"kind":"two"}\n\n',
    );
    expect(clock.pending).toBe(0);
  });

  it('writes a comment each 15 seconds', async () => {
    incoming.setEncoding('utf8');
    let text = '';
    incoming.on('data', (chunk: string) => {
      text += chunk;
    });
    clock.advance(45_000);
    await expect.poll(() => text.match(/: keep-alive\n\n/g)?.length, patiently).toBe(3);
  });

  it('is full while its reader does not read, and drains when it does', async () => {
    await fill();
    const drained = stream.drained();
    incoming.resume();
    await drained;
    expect(stream.full).toBe(false);
    expect(stream.closed).toBe(false);
    clock.advance(29_000);
    expect(stream.closed).toBe(false);
  });

  it('is cut when its reader takes nothing for half a minute', async () => {
    await fill();
    const closed = new Promise<void>((resolve) => stream.onClose(resolve));
    const drained = stream.drained();
    clock.advance(30_000);
    await Promise.all([closed, drained]);
    expect(stream.closed).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it('closes once, when its reader goes', async () => {
    let closes = 0;
    const closed = new Promise<void>((resolve) =>
      stream.onClose(() => {
        closes += 1;
        resolve();
      }),
    );
    incoming.destroy();
    await closed;
    stream.close();
    stream.send({ kind: 'late' });
    await stream.drained();
    stream.onClose(() => {
      closes += 1;
    });
    expect(closes).toBe(2);
    expect(clock.pending).toBe(0);
  });

  it('closes although its reader has not read all', async () => {
    await fill();
    stream.close();
    await once(response, 'close');
    expect(stream.closed).toBe(true);
    expect(clock.pending).toBe(0);
  });
});
