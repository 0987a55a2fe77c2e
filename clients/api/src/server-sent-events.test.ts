import { expect, test } from 'vitest';
import { readServerSentEvents, type ServerSentEvent } from './server-sent-events.ts';

async function read(chunks: readonly (string | Uint8Array)[]) {
  async function* body() {
    for (const chunk of chunks) yield typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk;
  }
  const events: ServerSentEvent[] = [];
  for await (const event of readServerSentEvents(body())) events.push(event);
  return events;
}

test('reads ids, names and data of several lines, with any line ending', async () => {
  expect(await read(['id: 1\nevent: probe\ndata: a\ndata:b\n\n: alive\r\n\r\ndata: c\r\r: alive\n'])).toEqual([
    { id: '1', name: 'probe', data: 'a\nb' },
    { id: undefined, name: 'message', data: 'c' },
  ]);
});

test('reads the same whatever the cuts between chunks', async () => {
  const bytes = new TextEncoder().encode(
    'id: e_1\r\nevent: event\r\ndata: {"text":"Grüße 🚀"}\r\n\r\n: alive\n\ndata: 2\n\n',
  );
  const whole = await read([bytes]);
  expect(whole).toHaveLength(2);
  for (let cut = 1; cut < bytes.length; cut += 1)
    expect(await read([bytes.slice(0, cut), bytes.slice(cut)])).toEqual(whole);
});

test('drops an event that the end of the stream cuts off', async () => {
  expect(await read(['data: 1\n\ndata: 2\n'])).toEqual([{ id: undefined, name: 'message', data: '1' }]);
});
