import { afterEach } from 'vitest';
import { describeAccessStore } from '../../access/access-store-contract.ts';
import { describeEventStore } from '../../events/event-store-contract.ts';
import { describeProbeStore } from '../../probes/probe-store-contract.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { openSqliteStorage, type Storage } from './sqlite-storage.ts';

const opened: (() => Promise<void>)[] = [];
const retention = { maxAgeMs: Number.MAX_SAFE_INTEGER, maxBytes: 1e12, checkEveryMs: 60_000 };

async function open(): Promise<Storage> {
  const folder = temporaryFolder();
  const storage = await openSqliteStorage({ folder: folder.path, retention });
  opened.push(async () => {
    await storage.close();
    folder.remove();
  });
  return storage;
}

afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

describeAccessStore('SQLite', async () => (await open()).access);
describeProbeStore('SQLite', async () => (await open()).probes);
describeEventStore('SQLite', async () => (await open()).events);
