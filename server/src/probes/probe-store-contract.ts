import { defaultCaptureLimits, type Probe } from '@sonde/protocol';
import { describe, expect, it } from 'vitest';
import type { KeptProbe, ProbeStore } from './probe-store.ts';

function kept(number: number, more: Partial<KeptProbe> = {}): KeptProbe {
  const probe: Probe = {
    kind: 'snapshot',
    id: `p_0000000${number}`,
    version: 1,
    location: { file: 'src/it’s "quoted".ts', line: number, column: 2 },
    condition: 'order.total > 1000',
    watches: ['order.items.length'],
    limits: { maxHits: 1, maxHitsPerSecond: 0.5, capture: defaultCaptureLimits },
    expiresAtMs: 1_700_003_600_000,
  };
  return {
    probe,
    state: 'active',
    selector: { env: 'prod' },
    createdAtMs: 1_000 + number,
    createdBy: 'admin',
    ...more,
  };
}

/** What every probe store does; run on the fake and on each engine. */
export function describeProbeStore(name: string, open: () => Promise<ProbeStore>): void {
  describe(`probe store: ${name}`, () => {
    it('keeps a probe whole', async () => {
      const store = await open();
      await store.insert(kept(1));
      expect(await store.get('p_00000001')).toEqual(kept(1));
      expect(await store.get('p_00000002')).toBeUndefined();
    });

    it('refuses an id twice', async () => {
      const store = await open();
      await store.insert(kept(1));
      await expect(store.insert(kept(1))).rejects.toThrow();
    });

    it('lists the newest first, of one state or of all, up to the limit', async () => {
      const store = await open();
      for (const number of [1, 2, 3]) await store.insert(kept(number));
      // Two of one millisecond: the one inserted last is the newer.
      await store.insert(kept(4, { createdAtMs: 1_003 }));
      await store.end('p_00000002', 'completed', 5_000);
      const ids = async (...args: Parameters<ProbeStore['list']>) =>
        (await store.list(...args)).map((listed) => listed.probe.id.at(-1)).join('');
      expect(await ids(undefined, 10)).toBe('4321');
      expect(await ids('active', 10)).toBe('431');
      expect(await ids('completed', 10)).toBe('2');
      expect(await ids(undefined, 2)).toBe('43');
    });

    it('ends a probe once', async () => {
      const store = await open();
      await store.insert(kept(1));
      const ends = await Promise.all([
        store.end('p_00000001', 'expired', 7_000),
        store.end('p_00000001', 'deleted', 7_000),
      ]);
      expect(ends.filter(Boolean)).toHaveLength(1);
      expect(await store.end('p_00000001', 'completed', 8_000)).toBe(false);
      expect((await store.get('p_00000001'))?.endedAtMs).toBe(7_000);
      expect(await store.end('p_0000000x', 'deleted', 1)).toBe(false);
    });

    it('purges what ended before a time and leaves the rest', async () => {
      const store = await open();
      for (const number of [1, 2, 3]) await store.insert(kept(number));
      await store.end('p_00000001', 'expired', 2_000);
      await store.end('p_00000002', 'expired', 3_000);
      await store.purge(3_000);
      expect((await store.list(undefined, 10)).map((listed) => listed.probe.id)).toEqual(['p_00000003', 'p_00000002']);
    });
  });
}
