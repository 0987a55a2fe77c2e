import { describe, expect, it } from 'vitest';
import { logEvent, report, snapshotEvent } from '../test-support/sample-telemetry.ts';
import { eventIdOf } from './event-id.ts';
import type { EventStore, IncomingBatch } from './event-store.ts';

const p1 = 'p_00000001';
const p2 = 'p_00000002';
const everything = Number.MAX_SAFE_INTEGER;

function batch(sequence: number, more: Partial<IncomingBatch> = {}): IncomingBatch {
  const base = { agentId: 'a_00000001', service: 'shop', host: 'box', receivedAtMs: 5_000 + sequence };
  return { ...base, sequence, events: [], statuses: [], ...more };
}

/** What every event store does; run on the fake and on each engine. */
export function describeEventStore(name: string, open: () => Promise<EventStore>): void {
  describe(`event store: ${name}`, () => {
    it('is empty at first', async () => {
      const store = await open();
      expect(await store.lastSeq()).toBe(0);
      expect(await store.acknowledged('a_00000001')).toBe(0);
      expect(await store.page({}, everything, 10)).toMatchObject({ events: [], more: false });
      expect(await store.after({}, 0)).toEqual({ events: [], seq: 0 });
      expect(await store.get(1)).toBeUndefined();
      expect(await store.activity([p1])).toEqual(new Map());
    });

    it('keeps events whole and numbers them in order', async () => {
      const store = await open();
      const events = [logEvent(p1, 1, 'it’s {"quoted"} \u0000 \u{1f600}'), snapshotEvent(p2, 2)];
      const result = await store.append(batch(1, { events }));
      expect(result).toEqual({
        acknowledged: 1,
        duplicate: false,
        hits: new Map([
          [p1, 1],
          [p2, 1],
        ]),
      });
      expect(await store.lastSeq()).toBe(2);
      expect(await store.get(2)).toEqual({
        id: eventIdOf(2),
        agentId: 'a_00000001',
        service: 'shop',
        host: 'box',
        receivedAtMs: 5_001,
        event: events[1],
      });
      expect((await store.get(1))?.event).toEqual(events[0]);
    });

    it('drops a batch whose number it has stored, and says which number was last', async () => {
      const store = await open();
      await store.append(batch(3, { events: [logEvent(p1, 1)] }));
      for (const sequence of [1, 2, 3]) {
        const again = await store.append(batch(sequence, { events: [logEvent(p1, 1)], statuses: [report(p1)] }));
        expect(again).toEqual({ acknowledged: 3, duplicate: true, hits: new Map() });
      }
      expect(await store.lastSeq()).toBe(1);
      expect(await store.acknowledged('a_00000001')).toBe(3);
      expect((await store.activity([p1])).get(p1)).toEqual({ hits: 1, reports: [] });
    });

    it('stores one of the same batch sent many times at once', async () => {
      const store = await open();
      const results = await Promise.all(
        Array.from({ length: 8 }, () => store.append(batch(1, { events: [logEvent(p1, 1)] }))),
      );
      expect(results.filter((result) => !result.duplicate)).toHaveLength(1);
      expect(await store.lastSeq()).toBe(1);
    });

    it('counts the numbers of each agent for itself', async () => {
      const store = await open();
      await store.append(batch(5, { events: [logEvent(p1, 1)] }));
      const other = await store.append(batch(1, { agentId: 'a_00000002', events: [logEvent(p1, 1)] }));
      expect(other).toMatchObject({ acknowledged: 1, duplicate: false, hits: new Map([[p1, 2]]) });
    });

    it('keeps the last report of each agent, and hits of all', async () => {
      const store = await open();
      await store.append(batch(1, { statuses: [report(p1, 'pending'), report(p2, 'pending')] }));
      await store.append(batch(2, { statuses: [report(p1, 'installed')], events: [logEvent(p1, 1)] }));
      await store.append(batch(1, { agentId: 'a_00000002', service: 'tax', statuses: [report(p1, 'error')] }));
      const activity = await store.activity([p1, p2, 'p_00000009']);
      expect([...activity.keys()].sort()).toEqual([p1, p2]);
      expect(activity.get(p1)?.hits).toBe(1);
      expect([...(activity.get(p1)?.reports ?? [])].sort((a, b) => a.agentId.localeCompare(b.agentId))).toEqual([
        { agentId: 'a_00000001', service: 'shop', atMs: 5_002, report: report(p1, 'installed') },
        { agentId: 'a_00000002', service: 'tax', atMs: 5_001, report: report(p1, 'error') },
      ]);
    });

    it('pages back from the newest, by probe and by kind', async () => {
      const store = await open();
      const events = [logEvent(p1, 1), snapshotEvent(p2, 2), logEvent(p1, 3), snapshotEvent(p2, 4), logEvent(p2, 5)];
      await store.append(batch(1, { events }));
      const read = async (...args: Parameters<EventStore['page']>) => {
        const page = await store.page(...args);
        return { seqs: page.events.map((stored) => stored.event.sequence), more: page.more };
      };
      expect(await read({}, everything, 2)).toEqual({ seqs: [5, 4], more: true });
      expect(await read({}, 4, 3)).toEqual({ seqs: [3, 2, 1], more: false });
      expect(await read({ probeId: p1 }, everything, 9)).toEqual({ seqs: [3, 1], more: false });
      expect(await read({ kind: 'snapshot' }, everything, 1)).toEqual({ seqs: [4], more: true });
      expect(await read({ kind: 'log', probeId: p2 }, everything, 9)).toEqual({ seqs: [5], more: false });
    });

    it('reads on from a number in bounded slices until the end, and counts what lies between', async () => {
      const store = await open();
      const total = 1_203;
      const events = Array.from({ length: total }, (_, index) => logEvent(index % 3 === 0 ? p2 : p1, index + 1));
      await store.append(batch(1, { events }));
      for (const filter of [{}, { probeId: p2 }, { kind: 'log' as const }]) {
        const seen: number[] = [];
        let slices = 0;
        for (let seq = 0; seq < total; slices += 1) {
          const slice = await store.after(filter, seq);
          expect(slice.seq).toBeGreaterThan(seq);
          seen.push(...slice.events.map((stored) => stored.event.sequence));
          seq = slice.seq;
        }
        const expected = events.filter((event) => !filter.probeId || event.probeId === filter.probeId);
        expect(seen).toEqual(expected.map((event) => event.sequence));
        if (!filter.probeId) expect(slices).toBeGreaterThan(1);
        expect(await store.count(filter, 0, total)).toBe(expected.length);
      }
      expect(await store.after({}, total)).toEqual({ events: [], seq: total });
      expect(await store.count({}, 10, 13)).toBe(3);
    });
  });
}
