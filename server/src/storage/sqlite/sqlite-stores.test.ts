import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { describeAccessStore } from '../../access/access-store-contract.ts';
import { describeEventStore } from '../../events/event-store-contract.ts';
import { describeProbeStore } from '../../probes/probe-store-contract.ts';
import { logEvent } from '../../test-support/sample-telemetry.ts';
import { temporaryFolder } from '../../test-support/temporary-folder.ts';
import { openConnection } from './connection.ts';
import { openSqliteStorage, type Storage } from './sqlite-storage.ts';

const faults: unknown[] = [];
const opened: (() => Promise<void>)[] = [];
const retention = { maxAgeMs: Number.MAX_SAFE_INTEGER, maxBytes: 1e12, checkEveryMs: 60_000 };

async function open(): Promise<Storage> {
  const folder = temporaryFolder();
  const storage = await openSqliteStorage({ folder: folder.path, retention, report: (error) => faults.push(error) });
  opened.push(async () => {
    await storage.close();
    folder.remove();
  });
  return storage;
}

afterEach(async () => {
  for (const close of opened.splice(0)) await close();
  expect(faults).toEqual([]);
});

describeAccessStore('SQLite', async () => (await open()).access);
describeProbeStore('SQLite', async () => (await open()).probes);
describeEventStore('SQLite', async () => (await open()).events);

it('leaves no read open that would keep the WAL from being taken over', async () => {
  const storage = await open();
  const events = Array.from({ length: 700 }, (_, index) => logEvent('p_00000001', index + 1));
  const agent = { agentId: 'a_00000001', service: 's', host: 'h', receivedAtMs: 1 };
  await storage.events.append({ ...agent, sequence: 1, events, statuses: [] });
  // Both end before their last row.
  expect((await storage.events.page({}, 700, 10)).more).toBe(true);
  expect((await storage.events.after({}, 0)).events).toHaveLength(500);
  await storage.events.append({ ...agent, sequence: 2, events, statuses: [] });
  const connection = openConnection(join(storage.folder, 'sonde.db'), { timeoutMs: 0 });
  expect(connection.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()).toEqual({ busy: 0, log: 0, checkpointed: 0 });
  connection.close();
});
