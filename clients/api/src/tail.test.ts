import { describe, expect, test } from 'vitest';
import { answerJson, answerStream, startFakeApi } from '../test/fake-api.ts';
import { storedLog } from '../test/samples.ts';
import { createApiClient } from './api-client.ts';
import { ApiError } from './api-error.ts';
import { ConnectionError } from './connection-error.ts';
import type { TailTiming } from './tail.ts';

const timing: TailTiming = { pause: async () => undefined, random: () => 0, silenceMs: 20_000 };

describe('tail', () => {
  test('yields what arrives, reconnects after a loss and continues after the last event', async () => {
    const first = storedLog('e_00000001', 'one');
    const second = storedLog('e_00000002', 'two');
    let connections = 0;
    await using fake = await startFakeApi((_, response) => {
      connections += 1;
      const send = answerStream(response);
      if (connections === 1) {
        send({ kind: 'event', event: first }, first.id);
        send({ kind: 'gap', missed: 3 });
        response.end();
      } else send({ kind: 'event', event: second }, second.id);
    });
    const client = createApiClient({ url: fake.url, timing });
    const kinds: string[] = [];
    for await (const message of client.tail({ query: { kind: 'log' } })) {
      kinds.push(message.kind);
      if (message.kind === 'event' && message.event.id === second.id) break;
    }
    expect(kinds).toEqual(['connected', 'event', 'gap', 'disconnected', 'connected', 'event']);
    expect(fake.received.map((call) => call.headers['last-event-id'])).toEqual([undefined, first.id]);
    expect(fake.received.map((call) => call.query)).toEqual([{ kind: 'log' }, { kind: 'log' }]);
  });

  test('continues from where it began when no event has come before the loss', async () => {
    const missed = storedLog('e_00000008', 'missed');
    let connections = 0;
    await using fake = await startFakeApi((_, response) => {
      connections += 1;
      const send = answerStream(response);
      if (connections === 1) response.end('id: e_00000007\n\n');
      else send({ kind: 'event', event: missed }, missed.id);
    });
    const kinds: string[] = [];
    for await (const message of createApiClient({ url: fake.url, timing }).tail()) {
      kinds.push(message.kind);
      if (message.kind === 'event') break;
    }
    expect(kinds).toEqual(['connected', 'disconnected', 'connected', 'event']);
    expect(fake.received.map((call) => call.headers['last-event-id'])).toEqual([undefined, 'e_00000007']);
  });

  test('ends without an error when it is aborted, also between connections', async () => {
    const abort = new AbortController();
    await using fake = await startFakeApi((_, response) => {
      answerStream(response);
    });
    const client = createApiClient({ url: fake.url, timing });
    for await (const message of client.tail({ signal: abort.signal })) {
      expect(message).toEqual({ kind: 'connected' });
      abort.abort();
    }
    expect(fake.received).toHaveLength(1);
  });

  test('closes its connection when the reader stops reading', async () => {
    const closed = Promise.withResolvers<void>();
    await using fake = await startFakeApi((_, response) => {
      answerStream(response);
      response.on('close', () => closed.resolve());
    });
    for await (const _ of createApiClient({ url: fake.url, timing }).tail()) break;
    await closed.promise;
  });

  test('throws when the first connection fails or is refused', async () => {
    const detail = { type: 'urn:x', title: 'No', status: 401, code: 'token.unknown', detail: 'unknown token' };
    await using fake = await startFakeApi((_, response) => answerJson(response, detail, 401));
    await expect(createApiClient({ url: fake.url, timing }).tail().next()).rejects.toBeInstanceOf(ApiError);
    const nobody = createApiClient({ url: 'http://127.0.0.1:1', timing });
    await expect(nobody.tail().next()).rejects.toBeInstanceOf(ConnectionError);
  });

  test('throws when a reconnect is refused, and goes on when the server is only restarting', async () => {
    const refused = { type: 'urn:x', title: 'No', status: 401, code: 'token.unknown', detail: 'unknown token' };
    const stopping = { type: 'urn:x', title: 'No', status: 503, code: 'server.stopping', detail: 'stopping' };
    let connections = 0;
    await using fake = await startFakeApi((_, response) => {
      connections += 1;
      if (connections === 1) {
        answerStream(response);
        response.end();
      } else answerJson(response, connections === 2 ? stopping : refused, connections === 2 ? 503 : 401);
    });
    const tail = createApiClient({ url: fake.url, timing }).tail();
    expect((await tail.next()).value).toEqual({ kind: 'connected' });
    expect((await tail.next()).value).toEqual({ kind: 'disconnected', reason: 'the server ended the stream' });
    expect((await tail.next()).value).toEqual({ kind: 'disconnected', reason: 'stopping' });
    await expect(tail.next()).rejects.toMatchObject({ code: 'token.unknown' });
  });

  test('takes a silent connection for a lost one', async () => {
    await using fake = await startFakeApi((_, response) => {
      answerStream(response);
    });
    const tail = createApiClient({ url: fake.url, timing: { ...timing, silenceMs: 30 } }).tail();
    expect((await tail.next()).value).toEqual({ kind: 'connected' });
    expect((await tail.next()).value).toEqual({ kind: 'disconnected', reason: 'silent for 0.03 s' });
    await tail.return();
  });
});
