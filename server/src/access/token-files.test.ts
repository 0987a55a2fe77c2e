import { chmodSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../fake-clock.ts';
import { countingIds } from '../test-support/counting-ids.ts';
import { temporaryFolder } from '../test-support/temporary-folder.ts';
import { AccessService } from './access-service.ts';
import { FakeAccessStore } from './fake-access-store.ts';
import { keepTokenFiles } from './token-files.ts';

describe('token files', () => {
  const clock = new FakeClock();
  let folder: ReturnType<typeof temporaryFolder>;
  let access: AccessService;

  beforeEach(() => {
    folder = temporaryFolder();
    access = new AccessService({ store: new FakeAccessStore(), clock, newId: countingIds() });
  });
  afterEach(() => folder.remove());

  it('are made once, work, and can be read by their owner alone', async () => {
    const files = await keepTokenFiles(folder.path, access);
    for (const kind of ['admin', 'agent'] as const) {
      expect(statSync(files[kind]).mode & 0o777).toBe(0o600);
      expect(access.accepts(readFileSync(files[kind], 'utf8').trim(), kind)).toBe(true);
    }
    const before = readFileSync(files.admin, 'utf8');
    expect(await keepTokenFiles(folder.path, access)).toEqual(files);
    expect(readFileSync(files.admin, 'utf8')).toBe(before);
    expect(readdirSync(folder.path).sort()).toEqual(['admin-token', 'agent-token']);
  });

  it('are made again when they are gone, or their token does not work', async () => {
    const files = await keepTokenFiles(folder.path, access);
    rmSync(files.admin);
    writeFileSync(files.agent, 'something else');
    chmodSync(files.agent, 0o644);
    await keepTokenFiles(folder.path, access);
    expect(access.accepts(readFileSync(files.admin, 'utf8').trim(), 'admin')).toBe(true);
    expect(access.accepts(readFileSync(files.agent, 'utf8').trim(), 'agent')).toBe(true);
    expect(statSync(files.agent).mode & 0o777).toBe(0o600);
  });

  it('are closed to others when they were open to them, and keep their token', async () => {
    const files = await keepTokenFiles(folder.path, access);
    const before = readFileSync(files.admin, 'utf8');
    chmodSync(files.admin, 0o644);
    await keepTokenFiles(folder.path, access);
    expect(statSync(files.admin).mode & 0o777).toBe(0o600);
    expect(readFileSync(files.admin, 'utf8')).toBe(before);
  });

  it('are made again when their token has ended', async () => {
    const files = await keepTokenFiles(folder.path, access);
    const before = readFileSync(files.admin, 'utf8');
    clock.advance(366 * 24 * 3_600_000);
    await keepTokenFiles(folder.path, access);
    expect(readFileSync(files.admin, 'utf8')).not.toBe(before);
  });
});
