import { expect, it } from 'vitest';
import { EventStreamReader, type ServerSentEvent } from './event-stream.ts';

interface Reading {
  readonly events: ServerSentEvent[];
  oversize: number;
  push(...chunks: (string | Buffer)[]): void;
}

function reading(maxCharacters = 1_000): Reading {
  const result: Reading = {
    events: [],
    oversize: 0,
    push(...chunks) {
      for (const chunk of chunks) reader.push(Buffer.from(chunk as string));
    },
  };
  const reader = new EventStreamReader(maxCharacters, {
    onEvent: (event) => result.events.push(event),
    onOversize: () => {
      result.oversize += 1;
    },
  });
  return result;
}

const text =
  'event: probes\r\ndata: {"name":"größe 🚀"}\r\n\r\n: keep-alive\n\ndata: one\ndata:  two\rdata\n\revent:x\nid: 7\n\n';
const meant = [
  { name: 'probes', data: '{"name":"größe 🚀"}' },
  { name: 'message', data: 'one\n two\n' },
];

it('reads names, many data lines, comments and every line end', () => {
  const stream = reading();
  stream.push(text);
  expect(stream.events).toEqual(meant);
});

it('reads the same however the bytes are cut into two', () => {
  const bytes = Buffer.from(text);
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    const stream = reading();
    stream.push(bytes.subarray(0, cut), bytes.subarray(cut));
    expect(stream.events, `cut at ${cut}`).toEqual(meant);
  }
});

it('reads the same byte by byte', () => {
  const stream = reading();
  stream.push(...[...Buffer.from(text)].map((byte) => Buffer.from([byte])));
  expect(stream.events).toEqual(meant);
});

it('ignores a byte order mark, and an event without data', () => {
  const stream = reading();
  stream.push('\uFEFFdata: a\n\nevent: empty\n\n');
  expect(stream.events).toEqual([{ name: 'message', data: 'a' }]);
});

it('gives nothing before the blank line', () => {
  const stream = reading();
  stream.push('data: a\n');
  expect(stream.events).toEqual([]);
});

it('leaves out an event over the bound, says so once, and reads on behind it', () => {
  const stream = reading(50);
  for (let line = 0; line < 100; line += 1) stream.push(`data: ${'x'.repeat(20)}\n`);
  stream.push('\n', `data: ${'y'.repeat(200)}`, '\n\n', 'data: fits\n\n');
  expect(stream.oversize).toBe(2);
  expect(stream.events).toEqual([{ name: 'message', data: 'fits' }]);
});

it('does not count keep-alive comments towards the bound', () => {
  const stream = reading(50);
  for (let count = 0; count < 100; count += 1) stream.push(': keep-alive\n');
  stream.push('data: fits\n\n');
  expect(stream.events).toHaveLength(1);
});
