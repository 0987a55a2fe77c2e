import { gunzipSync } from 'node:zlib';
import { type AgentEvent, type Batch, batch, defaultCaptureLimits, type SessionResponse } from '@sonde/protocol/agent';
import { expect, it, vi } from 'vitest';
import { BatchSender } from './batch-sender.ts';
import { createEventQueue } from './event-queue.ts';
import { FakeClock } from './fake-clock.ts';
import { FakeTransport } from './fake-transport.ts';
import type { SessionRefusal } from './server-answer.ts';
import { createStatusBoard } from './status-board.ts';

const health = {
  eventLoopDelayMs: 0,
  heapBytes: 0,
  rssBytes: 0,
  cpuShare: 0,
  agentCpuShare: 0,
  queueBytes: 0,
  droppedEvents: 0,
};

const session = (acknowledged = 0, sessionId = 's_00000001'): SessionResponse => ({
  sessionId,
  agentId: 'a_00000001',
  heartbeatMs: 1_000,
  sessionTimeoutMs: 4_000,
  acknowledged,
  policy: {
    redaction: { version: 0, names: [], exceptNames: [] },
    limits: {
      cpuShare: 0.01,
      maxEventsPerSecond: 1,
      maxBytesPerSecond: 1_024,
      maxQueueBytes: 65_536,
      capture: defaultCaptureLimits,
    },
  },
});

const event = (sequence: number, message = 'paid'): AgentEvent => ({
  kind: 'log',
  probeId: 'p_00000001',
  probeVersion: 1,
  sequence,
  timeNs: '1',
  thread: 'main',
  level: 'info',
  message,
});

function setup() {
  const clock = new FakeClock();
  const transport = new FakeTransport();
  const queue = createEventQueue(100_000_000);
  const refused: SessionRefusal[] = [];
  const reachable: boolean[] = [];
  const settled = { delivered: 0, dropped: 0 };
  const sender = new BatchSender({
    clock,
    transport,
    queue,
    random: () => 1,
    board: createStatusBoard(),
    health: () => health,
    onSettled: (events, outcome) => {
      settled[outcome] += events.length;
    },
    onReportsDelivered: () => {},
    onReachable: (value) => reachable.push(value),
    onSessionRefused: (_, answer) => {
      refused.push(answer);
      sender.close();
    },
    onDiagnostic: () => {},
  });
  return {
    clock,
    transport,
    queue,
    sender,
    refused,
    reachable,
    settled,
    offer: (...sequences: number[]) => {
      for (const sequence of sequences) queue.offer(event(sequence));
      sender.wake();
    },
    /** The batch that waits for its answer; compressing runs on another thread, so it may take a while to come. */
    sent: () => vi.waitFor(() => read(transport.pending[0]?.request.body, transport.pending[0]?.request.gzip)),
    answer: async (status = 200, body: unknown = undefined) => {
      const [pending] = transport.pending;
      const { sequence } = read(pending?.request.body, pending?.request.gzip);
      pending?.answer(status, body ?? { acknowledged: sequence });
      await clock.advance(0);
    },
    fail: async () => {
      transport.pending[0]?.fail('connection reset');
      await clock.advance(0);
    },
  };
}

function read(body: Buffer | undefined, gzip: boolean | undefined): Batch {
  if (!body) throw new Error('nothing was sent');
  return batch.decode(JSON.parse((gzip ? gunzipSync(body) : body).toString()));
}

const sequences = (sent: Batch) => sent.events.map((one) => one.sequence);

it('sends the first event after a rest at once, and what follows in one batch', async () => {
  const { clock, sender, sent, answer, offer, transport } = setup();
  sender.open(session());
  await sent();
  await answer();
  await clock.advance(500);
  offer(1);
  expect(sequences(await sent())).toEqual([1]);
  offer(2);
  offer(3);
  await answer();
  expect(transport.pending).toHaveLength(0);
  await clock.advance(25);
  expect(sequences(await sent())).toEqual([2, 3]);
});

it('sends one batch at a time, numbered from 1', async () => {
  const { clock, sender, sent, answer, offer, transport } = setup();
  sender.open(session());
  for (const number of [1, 2, 3]) {
    offer(number);
    await clock.advance(100);
    expect((await sent()).sequence).toBe(number);
    expect(transport.pending).toHaveLength(1);
    await answer();
  }
});

it('cuts a batch at 5,000 events and does not wait for the next', async () => {
  const { sender, sent, answer, offer, queue } = setup();
  sender.open(session());
  await sent();
  offer(...Array.from({ length: 12_000 }, (_, index) => index + 1));
  await answer();
  expect((await sent()).events).toHaveLength(5_000);
  await answer();
  expect((await sent()).events).toHaveLength(5_000);
  await answer();
  expect(queue.waiting).toBe(2_000);
});

it('sends a heartbeat when nothing else was sent', async () => {
  const { clock, sender, sent, answer, transport } = setup();
  sender.open(session());
  await sent();
  await answer();
  await clock.advance(999);
  expect(transport.pending).toHaveLength(0);
  await clock.advance(1);
  expect(await sent()).toMatchObject({ sequence: 2, events: [], statuses: [] });
});

it('sends the very same batch again until it is acknowledged, ever more slowly', async () => {
  const { clock, sender, sent, fail, answer, offer, transport, settled, reachable } = setup();
  offer(1);
  sender.open(session());
  const first = await sent();
  await fail();
  expect(clock.delays).toEqual([500]);
  offer(2);
  await clock.advance(500);
  expect(await sent()).toEqual(first);
  await answer(503, {});
  expect(clock.delays).toEqual([1_000]);
  await clock.advance(1_000);
  await answer(200, { acknowledged: 0 });
  expect(settled.delivered).toBe(0);
  await clock.advance(2_000);
  await answer();
  expect(settled.delivered).toBe(1);
  expect(reachable).toEqual([true, false, false, false, true]);
  await clock.advance(100);
  expect(sequences(await sent())).toEqual([2]);
  expect(new Set(transport.requests.slice(0, 4).map((request) => request.body)).size).toBe(1);
});

it('drops what a new session knows already, and sends again what it does not', async () => {
  const { sender, sent, answer, offer, fail, refused, settled, clock } = setup();
  offer(1);
  sender.open(session());
  await sent();
  await answer(404, problem('session.unknown'));
  expect(refused[0]?.kind).toBe('unknown-session');
  offer(2);
  sender.open(session(1, 's_00000002'));
  expect(settled.delivered).toBe(1);
  await clock.advance(25);
  expect(await sent()).toMatchObject({ sequence: 2 });
  await fail();
  sender.open(session(1, 's_00000003'));
  const again = await sent();
  expect([again.sequence, ...sequences(again)]).toEqual([2, 2]);
});

it('starts behind what an earlier worker of the same instance has sent', async () => {
  const { sender, sent, offer } = setup();
  offer(1);
  sender.open(session(57));
  expect((await sent()).sequence).toBe(58);
});

it('splits what the server refuses until only the bad event is dropped', async () => {
  const { sender, sent, answer, offer, settled, clock, queue } = setup();
  offer(1, 2, 3, 4, 5, 6, 7);
  sender.open(session());
  const arrived: number[] = [];
  const numbers: number[] = [];
  while (queue.bytes > 0) {
    const part = await sent();
    numbers.push(part.sequence);
    const bad = sequences(part).includes(3);
    if (!bad) arrived.push(...sequences(part));
    await answer(bad ? 400 : 200, bad ? problem('request.invalid') : undefined);
    await clock.advance(25);
  }
  expect(arrived).toEqual([1, 2, 4, 5, 6, 7]);
  expect(settled).toEqual({ delivered: 6, dropped: 1 });
  expect(new Set(numbers).size).toBe(numbers.length);
});

it('gives up a session whose token is denied', async () => {
  const { sender, sent, answer, refused, clock } = setup();
  sender.open(session());
  await sent();
  await answer(401, problem('token.expired'));
  expect(refused).toEqual([{ kind: 'denied', reason: 'token.expired: no' }]);
  expect(clock.delays).toEqual([]);
});

it('drains without pause, and stops waiting at the first failure', async () => {
  const { sender, sent, answer, fail, offer, clock } = setup();
  sender.open(session());
  await sent();
  await answer();
  offer(1);
  let drained = false;
  void sender.drain().then(() => {
    drained = true;
  });
  expect(sequences(await sent())).toEqual([1]);
  expect(drained).toBe(false);
  await answer();
  expect(drained).toBe(true);
  offer(2);
  await clock.advance(25);
  await sent();
  const failing = sender.drain();
  await fail();
  await failing;
});

it('drains at once where there is no session', async () => {
  const { sender, offer, transport } = setup();
  offer(1);
  await sender.drain();
  expect(transport.requests).toEqual([]);
});

it('compresses what is large and not what is small', async () => {
  const { sender, sent, answer, queue, transport } = setup();
  sender.open(session());
  await sent();
  expect(transport.pending[0]?.request.gzip).toBe(false);
  queue.offer(event(1, 'x'.repeat(5_000)));
  sender.wake();
  void sender.drain();
  await answer();
  await sent();
  expect(transport.pending[0]?.request.gzip).toBe(true);
});

function problem(code: string) {
  return { type: `urn:sonde:error:${code}`, title: code, status: 400, code, detail: 'no' };
}
