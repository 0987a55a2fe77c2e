import { randomInt } from 'node:crypto';
import type { ProbeRecord, TailMessage } from '@sonde/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { InProcessBus } from '../bus/in-process-bus.ts';
import { FakeClock } from '../fake-clock.ts';
import { ProbeFeed } from '../probes/probe-feed.ts';
import { FakeStream } from '../test-support/fake-stream.ts';
import { logEvent, snapshotEvent } from '../test-support/sample-telemetry.ts';
import { seededRandom } from '../test-support/seeded-random.ts';
import { eventIdOf, seqOf } from './event-id.ts';
import { EventTail } from './event-tail.ts';
import { FakeEventStore } from './fake-event-store.ts';

const p1 = 'p_00000001';
const p2 = 'p_00000002';

describe('the live tail', () => {
  let store: FakeEventStore;
  let bus: InProcessBus;
  let feed: ProbeFeed;
  let errors: unknown[];
  let sequence: number;

  beforeEach(() => {
    store = new FakeEventStore();
    bus = new InProcessBus();
    errors = [];
    sequence = 0;
    const read = async () => Promise.reject(new Error('no records in this test'));
    feed = new ProbeFeed({ bus, clock: new FakeClock(), report: (error) => errors.push(error), read });
  });

  async function add(count: number, probeId = p1): Promise<void> {
    sequence += 1;
    const events = Array.from({ length: count }, (_, index) =>
      probeId === p1 ? logEvent(probeId, index + 1) : snapshotEvent(probeId, index + 1),
    );
    const agent = { agentId: 'a_00000001', service: 's', host: 'h', receivedAtMs: 1 };
    await store.append({ ...agent, sequence, events, statuses: [] });
    bus.publish({ kind: 'events' });
  }

  const findProbe = async () => undefined;

  function tail(afterSeq: number, filter = {}) {
    const stream = new FakeStream<TailMessage>();
    const done = new EventTail(
      { store, bus, feed, findProbe, report: (error) => errors.push(error) },
      { filter, afterSeq },
      stream,
    ).run();
    return { stream, done, seqs: () => stream.sent.flatMap(({ id }) => (id === undefined ? [] : [seqOf(id)])) };
  }

  /** Resolves once the tail has found nothing more to read, and waits. */
  function upToDate(): Promise<void> {
    const after = store.after.bind(store);
    return new Promise((resolve) => {
      store.after = async (filter, afterSeq) => {
        const slice = await after(filter, afterSeq);
        if (slice.seq === afterSeq) setImmediate(resolve);
        return slice;
      };
    });
  }

  const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

  it('says first where it begins, so that a reader who is cut off before any event misses none', async () => {
    await add(3);
    const { stream, done } = tail(3);
    expect(stream.marks).toEqual([eventIdOf(3)]);
    stream.close();
    await done;
  });

  it('sends what was stored after the last one seen, then what comes', async () => {
    await add(120);
    const { stream, done, seqs } = tail(7);
    await stream.until(() => stream.sent.length === 113);
    await add(3);
    await stream.until(() => stream.sent.length === 116);
    expect(seqs()).toEqual(upTo(123, 8));
    stream.close();
    await done;
    expect(errors).toEqual([]);
  });

  it('sends only events of its probe and kind', async () => {
    await add(60, p1);
    await add(2, p2);
    const [byProbe, byKind] = [tail(0, { probeId: p2 }), tail(0, { kind: 'log' })];
    await byProbe.stream.until(() => byProbe.stream.sent.length === 2);
    await byKind.stream.until(() => byKind.stream.sent.length === 60);
    expect(byProbe.seqs()).toEqual([61, 62]);
    for (const { stream, done } of [byProbe, byKind]) {
      stream.close();
      await done;
    }
  });

  it('loses nothing and repeats nothing when it is cut and resumed at any moment', async () => {
    const seed = randomInt(2 ** 31);
    const random = seededRandom(seed);
    const seen: (number | undefined)[] = [];
    let last = 0;
    const writing = (async () => {
      for (let batch = 0; batch < 60; batch += 1) {
        await add(1 + Math.floor(random() * 9));
        if (random() < 0.5) await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    let written = false;
    void writing.then(() => {
      written = true;
    });
    while (!written || last < (await store.lastSeq())) {
      const { stream, done, seqs } = tail(last);
      const target = Math.floor(random() * 20);
      for (let turn = 0; turn < 5 && stream.sent.length < target; turn += 1)
        await new Promise((resolve) => setImmediate(resolve));
      stream.close();
      await done;
      seen.push(...seqs());
      last = seen.at(-1) ?? 0;
    }
    expect(seen, `seed ${seed}`).toEqual(upTo(await store.lastSeq()));
  });

  it('waits for a slow reader and leaves nothing out while it is not far behind', async () => {
    const { stream, done, seqs } = tail(0);
    stream.full = true;
    await add(500);
    await new Promise((resolve) => setImmediate(resolve));
    expect(stream.sent).toHaveLength(0);
    stream.full = false;
    await stream.until(() => stream.sent.length === 500);
    expect(seqs()).toEqual(upTo(500));
    stream.close();
    await done;
  });

  it('leaves out what a reader is too slow for, says how much, and goes on from the newest', async () => {
    await add(1);
    const waiting = upToDate();
    const { stream, done, seqs } = tail(0);
    await waiting;
    stream.full = true;
    await add(1);
    for (let batch = 0; batch < 5; batch += 1) await add(4_000);
    await new Promise((resolve) => setImmediate(resolve));
    stream.full = false;
    await stream.until(() => stream.messages.some((message) => message.kind === 'gap'));
    await add(2);
    await stream.until(() => seqs().at(-1) === 20_004);
    const gap = stream.messages.find((message) => message.kind === 'gap');
    expect(gap?.kind === 'gap' && gap.missed + seqs().length).toBe(20_004);
    expect(seqs().slice(-2)).toEqual([20_003, 20_004]);
    expect(new Set(seqs()).size).toBe(seqs().length);
    stream.close();
    await done;
  });

  it('leaves nothing out of what was stored before the reader came, however much it is', async () => {
    for (let batch = 0; batch < 3; batch += 1) await add(5_000);
    const { stream, done, seqs } = tail(0);
    await stream.until(() => seqs().at(-1) === 15_000);
    expect(seqs()).toEqual(upTo(15_000));
    stream.close();
    await done;
  });

  it('queues no records for a reader that does not keep up: it gets the last of each when it does', async () => {
    let hits = 0;
    const read = async () => ({ probe: { id: p1 }, hits }) as unknown as ProbeRecord;
    const clock = new FakeClock();
    feed = new ProbeFeed({ bus, clock, report: (error) => errors.push(error), read });
    const waiting = upToDate();
    const { stream, done } = tail(0);
    await waiting;
    stream.full = true;
    for (hits = 1; hits <= 20; hits += 1) {
      bus.publish({ kind: 'probe', probeId: p1 });
      clock.advance(250);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(stream.sent).toHaveLength(0);
    stream.full = false;
    await stream.until(() => stream.messages.some((message) => message.kind === 'probe' && message.record.hits >= 20));
    expect(stream.sent.length).toBeLessThan(3);
    stream.close();
    feed.stop();
    await done;
  });

  it('ends when its reader goes while it waits for it', async () => {
    const { stream, done } = tail(0);
    stream.full = true;
    await add(10);
    stream.close();
    await done;
    expect(stream.sent).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('closes the stream when the store fails, and reports it', async () => {
    store.after = async () => Promise.reject(new Error('gone'));
    const { stream, done } = tail(0);
    await done;
    expect(stream.closed).toBe(true);
    expect(errors).toEqual([new Error('gone')]);
  });
});

describe('event ids', () => {
  it('sort as their numbers do and lead back to them', () => {
    const seqs = [1, 35, 36, 1_295, 1_296, 1e6, 1e9, Number.MAX_SAFE_INTEGER];
    const ids = seqs.map(eventIdOf);
    expect([...ids].sort()).toEqual(ids);
    expect(ids.map(seqOf)).toEqual(seqs);
  });

  it.each(['e_', 'e_1', 'p_00000000001', 'e_zzzzzzzzzzz', 'e_000000000001', 'e_0000000000A'])('are not %s', (id) => {
    expect(seqOf(id)).toBeUndefined();
  });
});
