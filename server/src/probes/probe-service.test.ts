import type { CreateProbeRequest, ExplainResponse, Explanation, Problem } from '@sonde/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Signal } from '../bus/bus.ts';
import { InProcessBus } from '../bus/in-process-bus.ts';
import { FakeEventStore } from '../events/fake-event-store.ts';
import { FakeClock } from '../fake-clock.ts';
import { countingIds } from '../test-support/counting-ids.ts';
import { FakeProbeStore } from './fake-probe-store.ts';
import { ProbeFeed } from './probe-feed.ts';
import { ProbeService } from './probe-service.ts';

/** Far longer than it takes, for machines that are busy. */
const patiently = { timeout: 20_000, interval: 20 };

const hourMs = 3_600_000;
const draft = { kind: 'snapshot', location: { file: 'a.ts', line: 3 }, watches: [] } as const;
const log = { kind: 'log', location: { file: 'a.ts', line: 3 }, template: 'hello', level: 'info' } as const;
const nobody: ExplainResponse = { explanations: [], silent: [], matching: 0 };

function answered(...explanations: Partial<Explanation>[]): ExplainResponse {
  const base = { outcome: 'bound', bindings: [], gear: 'none', names: [], problems: [] } as const;
  return {
    explanations: explanations.map((each, index) => ({
      agentId: `a_0000000${index}`,
      service: 'shop',
      explanation: { ...base, ...each },
    })),
    silent: [],
    matching: explanations.length,
  };
}

const noCode: Problem = {
  code: 'location.no-code',
  message: 'there is no code on line 3 of a.ts',
  field: 'location',
  nearestLines: [2, 5],
};
const syntax: Problem = {
  code: 'expression.syntax',
  message: 'unexpected end',
  field: 'condition',
  range: { start: 4, end: 5 },
};

describe('probes', () => {
  let clock: FakeClock;
  let store: FakeProbeStore;
  let events: FakeEventStore;
  let bus: InProcessBus;
  let signals: Signal[];
  let explained: ExplainResponse;
  let probes: ProbeService;
  let reported: unknown[];

  function service(): ProbeService {
    return new ProbeService({
      store,
      activity: (ids) => events.activity(ids),
      explain: async () => explained,
      bus,
      clock,
      newId: countingIds(),
      report: (error) => reported.push(error),
    });
  }

  beforeEach(async () => {
    clock = new FakeClock();
    store = new FakeProbeStore();
    events = new FakeEventStore();
    bus = new InProcessBus();
    signals = [];
    reported = [];
    bus.subscribe((signal) => signals.push(signal));
    explained = nobody;
    probes = service();
    await probes.load();
  });

  const create = async (more: Partial<CreateProbeRequest> = {}) =>
    (await probes.create({ draft, ...more }, 'admin')).record;

  it('are placed with the limits of their kind and an end of one hour', async () => {
    const record = await create();
    expect(record).toMatchObject({ state: 'active', hits: 0, reports: [], selector: {}, createdBy: 'admin' });
    expect(record.probe).toMatchObject({ version: 1, limits: { maxHits: 1, maxHitsPerSecond: 10 } });
    expect(record.probe.expiresAtMs).toBe(clock.now() + hourMs);
    const logged = await create({ draft: log });
    expect(logged.probe.limits).toMatchObject({ maxHits: 100_000, maxHitsPerSecond: 1_000 });
  });

  it('take what their author says of limits and end', async () => {
    const record = await create({ limits: { maxHits: 5 }, expiresInMs: 1_000, selector: { env: 'prod' } });
    expect(record.probe.limits).toMatchObject({ maxHits: 5, maxHitsPerSecond: 10 });
    expect(record.probe.expiresAtMs).toBe(clock.now() + 1_000);
    expect(probes.probesFor({ env: 'prod' })).toHaveLength(1);
    expect(probes.probesFor({ env: 'test' })).toHaveLength(0);
  });

  it('are signalled once they are stored, and the revision grows', async () => {
    const before = probes.revision;
    const { probe } = await create();
    expect(signals).toEqual([{ kind: 'probes' }, { kind: 'probe', probeId: probe.id }]);
    expect(probes.revision).toBeGreaterThan(before);
    expect(await store.get(probe.id)).toBeDefined();
  });

  it('are accepted when no agent matches, none answers, or one could place them', async () => {
    for (explained of [
      nobody,
      { explanations: [], silent: ['a_00000000'], matching: 1 },
      answered({ outcome: 'pending' }, { outcome: 'refused', problems: [noCode] }),
    ]) {
      expect(await probes.create({ draft }, 'admin')).toMatchObject(explained);
    }
  });

  it('are refused when every agent that answered refuses, with every problem once and whole', async () => {
    explained = answered(
      { outcome: 'refused', problems: [noCode, syntax] },
      { outcome: 'refused', problems: [noCode] },
    );
    const refusal = { code: 'location.no-code', problems: [noCode, syntax] };
    await expect(create()).rejects.toMatchObject(refusal);
    expect(await probes.list(undefined)).toEqual([]);
    expect(signals).toEqual([]);
    expect(probes.probesFor({})).toEqual([]);
  });

  it('are refused with a code even when the agent gives no reason', async () => {
    explained = answered({ outcome: 'refused' });
    await expect(create()).rejects.toMatchObject({ code: 'agent.fault' });
  });

  it('expire by the server’s clock', async () => {
    const short = await create({ expiresInMs: 10_000 });
    const long = await create({ expiresInMs: 7 * 24 * hourMs });
    clock.advance(9_999);
    expect(probes.probesFor({})).toHaveLength(2);
    clock.advance(1);
    await expect.poll(() => probes.probesFor({}).length, patiently).toBe(1);
    expect(await probes.get(short.probe.id)).toMatchObject({ state: 'expired', endedAtMs: clock.now() });
    clock.advance(7 * 24 * hourMs);
    await expect.poll(() => probes.probesFor({}).length, patiently).toBe(0);
    expect(await probes.get(long.probe.id)).toMatchObject({ state: 'expired' });
  });

  it('complete when their stored hits are reached', async () => {
    const { probe } = await create({ limits: { maxHits: 3 } });
    await probes.stored(new Map([[probe.id, 2]]), []);
    expect((await probes.get(probe.id)).state).toBe('active');
    await probes.stored(new Map([[probe.id, 3]]), []);
    expect((await probes.get(probe.id)).state).toBe('completed');
    expect(probes.probesFor({})).toEqual([]);
  });

  it('expire later when the store could not write it in time', async () => {
    const { probe } = await create({ expiresInMs: 10_000 });
    const end = store.end.bind(store);
    store.end = async () => Promise.reject(new Error('disk full'));
    clock.advance(10_000);
    await expect.poll(() => reported, patiently).toEqual([new Error('disk full')]);
    store.end = end;
    clock.advance(60_000);
    await expect.poll(async () => (await probes.get(probe.id)).state, patiently).toBe('expired');
    expect(probes.probesFor({})).toEqual([]);
    expect(reported).toHaveLength(1);
  });

  it('are removed once; what ended stays as it ended', async () => {
    const [one, two] = [await create(), await create()];
    await probes.stored(new Map([[two.probe.id, 1]]), []);
    expect((await probes.delete(one.probe.id)).state).toBe('deleted');
    expect((await probes.delete(one.probe.id)).state).toBe('deleted');
    expect((await probes.delete(two.probe.id)).state).toBe('completed');
    await expect(probes.delete('p_unknown00')).rejects.toMatchObject({ code: 'probe.unknown' });
    await expect(probes.get('p_unknown00')).rejects.toMatchObject({ code: 'probe.unknown' });
  });

  it('are listed by state', async () => {
    const [one, two] = [await create(), await create()];
    await probes.delete(one.probe.id);
    expect((await probes.list('active')).map(({ probe }) => probe.id)).toEqual([two.probe.id]);
    expect(await probes.list(undefined)).toHaveLength(2);
  });

  it('are at most a thousand at a time, those on their way included', async () => {
    const results = await Promise.allSettled(Array.from({ length: 1_005 }, () => create()));
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1_000);
    await expect(create()).rejects.toMatchObject({ code: 'probe.limit' });
    await probes.delete('p_00000001');
    await create();
  });

  it('are there again after a restart, except those that ended meanwhile', async () => {
    const [stays, ends, completed] = [
      await create({ selector: { env: 'prod' } }),
      await create({ expiresInMs: 1_000 }),
      await create(),
    ];
    const event = { kind: 'log', level: 'info', message: 'm', probeId: completed.probe.id } as const;
    const more = { probeVersion: 1, sequence: 1, timeNs: '1', thread: 'main' };
    const batch = { agentId: 'a_00000001', service: 's', host: 'h', receivedAtMs: 1, sequence: 1, statuses: [] };
    // Stored, but the server died before it could complete the probe.
    await events.append({ ...batch, events: [{ ...event, ...more }] });
    const revision = probes.revision;
    await probes.stop();
    clock.advance(2_000);
    probes = service();
    await probes.load();
    clock.advance(0);
    await expect.poll(() => probes.probesFor({ env: 'prod' }).map(({ id }) => id), patiently).toEqual([stays.probe.id]);
    expect((await probes.get(ends.probe.id)).state).toBe('expired');
    expect((await probes.get(completed.probe.id)).state).toBe('completed');
    expect(probes.revision).toBeGreaterThan(revision);
  });

  it('leave no timer behind', async () => {
    await create();
    await probes.stop();
    expect(clock.pending).toBe(0);
    expect(reported).toEqual([]);
  });

  it('are told of at most four times a second each, the first change at once, the last one always', async () => {
    const { probe } = await create({ draft: log });
    const feed = new ProbeFeed({ read: (id) => probes.find(id), bus, clock, report: (error) => reported.push(error) });
    const heard: number[] = [];
    const unlisten = feed.listen((record) => heard.push(record.probe.expiresAtMs));
    for (let change = 0; change < 50; change += 1) bus.publish({ kind: 'probe', probeId: probe.id });
    await expect.poll(() => heard.length, patiently).toBe(1);
    clock.advance(249);
    expect(heard).toHaveLength(1);
    clock.advance(1);
    await expect.poll(() => heard.length, patiently).toBe(2);
    unlisten();
    feed.stop();
    await probes.stop();
    expect(clock.pending).toBe(0);
  });
});
