import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { diskSourceFiles } from './source-files.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'sonde-files-'));
  for (const file of ['main.ts', 'src/a.js', 'src/deep/b.mts', 'src/data.json', '.git/c.js', 'node_modules/d/d.js']) {
    mkdirSync(join(root, file, '..'), { recursive: true });
    writeFileSync(join(root, file), '');
  }
});
afterAll(() => rmSync(root, { recursive: true }));

const files = (limits: { maxEntries?: number; maxMs?: number; now?: () => number } = {}) =>
  diskSourceFiles({ root, caseInsensitive: false, now: () => 0, maxEntries: 100, maxMs: 10, ...limits });

it('lists source files, without dependencies and hidden folders', () => {
  const { paths, complete } = files().list();
  expect(paths.map((path) => relative(root, path)).sort()).toEqual(['main.ts', 'src/a.js', 'src/deep/b.mts']);
  expect(complete).toBe(true);
});

it('opens no further folder after so many entries, and says so', () => {
  const { paths, complete } = files({ maxEntries: 1 }).list();
  expect(paths.map((path) => relative(root, path))).toEqual(['main.ts']);
  expect(complete).toBe(false);
});

it('stops after its time, and says so', () => {
  let time = 0;
  const now = () => {
    time += 6;
    return time;
  };
  expect(files({ now }).list().complete).toBe(false);
});

it('reads nothing from a root that is not there', () => {
  const missing = diskSourceFiles({
    root: join(root, 'none'),
    caseInsensitive: false,
    now: () => 0,
    maxEntries: 9,
    maxMs: 9,
  });
  expect(missing.list()).toEqual({ paths: [], complete: true });
  expect(missing.readText(join(root, 'none'))).toBeUndefined();
});
