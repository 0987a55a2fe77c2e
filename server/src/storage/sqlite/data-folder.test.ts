import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test-support/temporary-folder.ts';
import { takeDataFolder } from './data-folder.ts';
import { type Platform, thisMachine } from './platform.ts';

describe('the data folder', () => {
  let base: ReturnType<typeof temporaryFolder>;
  let path: string;

  beforeEach(() => {
    base = temporaryFolder();
    path = join(base.path, 'some', 'where');
  });
  afterEach(() => base.remove());

  const reason = (expected: string, part = '') =>
    expect.objectContaining({ reason: expected, message: expect.stringContaining(part), hint: expect.any(String) });

  it('is made for its owner alone', () => {
    const folder = takeDataFolder(path, thisMachine);
    expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(statSync(join(path, 'lock')).mode & 0o777).toBe(0o600);
    folder.release();
  });

  it('is one server’s at a time', () => {
    const first = takeDataFolder(path, thisMachine);
    expect(() => takeDataFolder(path, thisMachine)).toThrow(reason('data.in-use', path));
    // Refused twice: the first refusal must not have taken the lock away.
    expect(() => takeDataFolder(path, thisMachine)).toThrow(reason('data.in-use'));
    first.release();
    takeDataFolder(path, thisMachine).release();
  });

  it('is no file, and lies under none', () => {
    writeFileSync(join(base.path, 'some'), 'a file');
    expect(() => takeDataFolder(join(base.path, 'some'), thisMachine)).toThrow(reason('data.not-a-folder'));
    expect(() => takeDataFolder(path, thisMachine)).toThrow(reason('data.not-a-folder'));
  });

  it('must be writable, and stays as it was when it is not', () => {
    mkdirSync(path, { recursive: true });
    // Others may look into the folders on the way, as with any folder of the system.
    for (const folder of [base.path, join(base.path, 'some')]) chmodSync(folder, 0o755);
    chmodSync(path, 0o500);
    asOrdinaryUser(() => {
      expect(() => takeDataFolder(path, thisMachine)).toThrow(reason('data.not-writable', 'EACCES'));
      expect(() => takeDataFolder(join(path, 'new'), thisMachine)).toThrow(reason('data.not-writable'));
    });
    expect(readdirSync(path)).toEqual([]);
  });

  it.each([
    [0x6969, 'NFS'],
    [0x517b, 'SMB'],
    [-0x00acb2be, 'CIFS'],
    [0xfe534d42, 'SMB'],
    [0x65735546, 'FUSE'],
  ])('is not on file system %s: %s', (type, name) => {
    const platform: Platform = { sqliteVersion: '3.53.4', fileSystem: () => type };
    expect(() => takeDataFolder(path, platform)).toThrow(reason('data.network', name));
    expect(readdirSync(path)).toEqual([]);
  });

  it.each(['3.51.2', '3.50.9', '2.99.99', '0'])('is not opened with SQLite %s', (sqliteVersion) => {
    const platform: Platform = { sqliteVersion, fileSystem: () => undefined };
    expect(() => takeDataFolder(path, platform)).toThrow(reason('sqlite.old', sqliteVersion));
    expect(existsSync(path)).toBe(false);
  });

  it.each(['3.51.3', '3.52.0', '4.0.0'])('is opened with SQLite %s', (sqliteVersion) => {
    takeDataFolder(path, { sqliteVersion, fileSystem: () => 0xef53 }).release();
  });
});

/** Permissions do not bind root, as whom tests may run. */
function asOrdinaryUser(work: () => void): void {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  try {
    work();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}
