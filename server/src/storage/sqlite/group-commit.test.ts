import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test-support/temporary-folder.ts';
import { openConnection } from './connection.ts';
import { type DataFolder, takeDataFolder } from './data-folder.ts';
import { GroupCommit } from './group-commit.ts';
import { migrate } from './migrate.ts';
import { thisMachine } from './platform.ts';
import { Retention } from './retention.ts';
import type { EncodedBatch } from './writer-messages.ts';

describe('the writer', () => {
  let base: ReturnType<typeof temporaryFolder>;
  let folder: DataFolder;
  let connection: ReturnType<typeof openConnection>;
  let group: GroupCommit;

  beforeEach(async () => {
    base = temporaryFolder();
    folder = takeDataFolder(base.path, thisMachine);
    await migrate(folder);
    connection = openConnection(folder.database);
    group = new GroupCommit(connection);
  });
  afterEach(() => {
    connection.close();
    folder.release();
    base.remove();
  });

  function job(id: number, sequence: number, events: number, receivedAtMs = 1_000) {
    const batch: EncodedBatch = {
      agentId: `a_${id}`,
      service: 's',
      host: 'h',
      receivedAtMs,
      sequence,
      events: Array.from({ length: events }, () => ({ probeId: 'p', kind: 'log', body: '{"n":1}'.padEnd(400) })),
      statuses: [],
    };
    return { kind: 'job', id, job: { kind: 'append', batch } } as const;
  }

  const bad = (id: number) =>
    ({ kind: 'job', id, job: { kind: 'execute', sql: 'INSERT INTO nowhere VALUES (1)', parameters: [] } }) as const;
  const count = () => Number(connection.prepare('SELECT count(*) AS n FROM events').get()?.['n']);
  const first = () => Number(connection.prepare('SELECT min(seq) AS n FROM events').get()?.['n']);

  it('writes all jobs of a group', () => {
    const outcomes = group.write([job(1, 1, 2), job(2, 1, 3), job(1, 1, 2)]);
    expect(outcomes.map((outcome) => outcome.kind === 'done' && outcome.answer)).toMatchObject([
      { acknowledged: 1, duplicate: false, hits: [['p', 2]] },
      { acknowledged: 1, duplicate: false, hits: [['p', 5]] },
      { acknowledged: 1, duplicate: true },
    ]);
    expect(count()).toBe(5);
  });

  it('writes the others when one of a group cannot be written', () => {
    const outcomes = group.write([job(1, 1, 2), bad(7), job(2, 1, 3)]);
    expect(outcomes.map((outcome) => [outcome.id, outcome.kind])).toEqual([
      [1, 'done'],
      [7, 'failed'],
      [2, 'done'],
    ]);
    expect(count()).toBe(5);
    expect(connection.prepare('SELECT max(seq) AS n FROM events').get()).toEqual({ n: 5 });
    expect(group.write([])).toEqual([]);
  });

  it('leaves nothing of a batch that does not fit, and takes it when there is room', () => {
    const pages = Number(connection.prepare('PRAGMA page_count').get()?.['page_count']);
    connection.exec(`PRAGMA max_page_count = ${pages + 20}`);
    const outcome = group.write([job(1, 1, 2_000)])[0];
    expect(outcome).toMatchObject({ kind: 'failed', full: true });
    expect(count()).toBe(0);
    expect(connection.isTransaction).toBe(false);
    expect(group.write([job(1, 1, 5)])[0]).toMatchObject({ kind: 'done' });
    connection.exec('PRAGMA max_page_count = 100000');
    expect(group.write([job(1, 2, 2_000)])[0]).toMatchObject({ kind: 'done', answer: { duplicate: false } });
    expect(count()).toBe(2_005);
  });

  it('deletes what is too old, a slice at a time, and gives no number twice', () => {
    const retention = new Retention(connection, { maxAgeMs: 10_000, maxBytes: 1e9, checkEveryMs: 1 });
    group.write([job(1, 1, 1_200, 1_000), job(2, 1, 10, 5_000)]);
    expect(retention.step(11_000)).toBe(false);
    const left: number[] = [];
    while (retention.step(11_001)) left.push(count());
    expect(left).toEqual([710, 210, 10]);
    expect(first()).toBe(1_201);
    while (retention.step(1e9)) left.push(count());
    expect(count()).toBe(0);
    group.write([job(1, 2, 1)]);
    expect(first()).toBe(1_211);
  });

  it('deletes the oldest while the database is too large', () => {
    const maxBytes = 400_000;
    const retention = new Retention(connection, { maxAgeMs: 1e12, maxBytes, checkEveryMs: 1 });
    for (let sequence = 1; sequence <= 10; sequence += 1) group.write([job(1, sequence, 500)]);
    while (retention.step(2_000));
    expect(count()).toBeGreaterThan(0);
    expect(count()).toBeLessThan(1_500);
    expect(first()).toBe(5_000 - count() + 1);
  });

  it('forgets agents that have been silent for a month, not others', () => {
    const dayMs = 24 * 3_600_000;
    const retention = new Retention(connection, { maxAgeMs: 1e15, maxBytes: 1e12, checkEveryMs: 1 });
    group.write([job(1, 5, 1, dayMs), job(2, 5, 1, 10 * dayMs)]);
    retention.step(32 * dayMs);
    const known = connection.prepare('SELECT agent_id FROM ingest').all();
    expect(known.map((row) => row['agent_id'])).toEqual(['a_2']);
  });
});
