import { describe, expect, it } from 'vitest';
import type { AccessStore } from './access-store.ts';
import type { TokenRecord } from './token.ts';

const token: TokenRecord = {
  id: 't_1',
  kind: 'admin',
  name: 'admin',
  hash: 'ab'.repeat(32),
  createdAtMs: 1_700_000_000_000,
  expiresAtMs: 1_800_000_000_000,
};

/** What every access store does; run on the fake and on each engine. */
export function describeAccessStore(name: string, open: () => Promise<AccessStore>): void {
  describe(`access store: ${name}`, () => {
    it('is empty at first', async () => {
      expect(await (await open()).list()).toEqual([]);
    });

    it('keeps tokens whole', async () => {
      const store = await open();
      const other: TokenRecord = { ...token, id: 't_2', kind: 'agent', name: 'it’s an agent', hash: 'cd'.repeat(32) };
      await store.insert(token);
      await store.insert(other);
      expect(await store.list()).toEqual([token, other]);
    });

    it('refuses an id twice', async () => {
      const store = await open();
      await store.insert(token);
      await expect(store.insert(token)).rejects.toThrow();
      expect(await store.list()).toHaveLength(1);
    });
  });
}
