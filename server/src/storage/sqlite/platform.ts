import { statfsSync } from 'node:fs';
import { StartError } from '../../start-error.ts';

/** What storage asks of the machine before it trusts it with data. */
export interface Platform {
  readonly sqliteVersion: string;
  /** The magic number of the file system that holds the folder, where the machine has such numbers. */
  fileSystem(folder: string): number | undefined;
}

export const thisMachine: Platform = {
  sqliteVersion: process.versions['sqlite'] ?? '0',
  // Only Linux documents these numbers (statfs(2)); elsewhere they are assigned as systems are mounted.
  fileSystem: (folder) => (process.platform === 'linux' ? statfsSync(folder).type : undefined),
};

/** From 3.7.0 to 3.51.2 a WAL that is reset at the wrong moment can corrupt the database: https://sqlite.org/wal.html */
const oldestSqlite = [3, 51, 3] as const;

/** File systems on which the shared memory of a WAL does not work or locks cannot be trusted. */
const networkFileSystems: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB'],
  [0x65735546, 'FUSE'],
  [0x01021997, '9P'],
  [0x5346414f, 'AFS'],
  [0x00c36400, 'Ceph'],
  [0x0bd00bd0, 'Lustre'],
  [0x01161970, 'GFS2'],
]);

export function requireSqlite(platform: Platform): void {
  const version = platform.sqliteVersion.split('.').map(Number);
  for (const [index, oldest] of oldestSqlite.entries()) {
    const part = version[index] ?? 0;
    if (part > oldest) return;
    if (part < oldest) {
      throw new StartError(
        'sqlite.old',
        `This Node carries SQLite ${platform.sqliteVersion}, which can lose data; ${oldestSqlite.join('.')} or newer is needed`,
        'Use the newest release of Node 24',
      );
    }
  }
}

export function requireLocalDisk(platform: Platform, folder: string): void {
  const type = platform.fileSystem(folder);
  // Negative where the number was read as a signed one.
  const name = type === undefined ? undefined : networkFileSystems.get(type >>> 0);
  if (name === undefined) return;
  throw new StartError(
    'data.network',
    `The data folder ${folder} is on a network file system (${name}), where the database would not be safe`,
    'Choose a folder on a local disk with --data',
  );
}
