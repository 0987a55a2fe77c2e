import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bundle } from './build.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sonde-build-'));
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'src/part.ts'), '/*! Licence of part */\nexport const part: number = 1;\n');
  writeFileSync(join(folder, 'src/a.ts'), "import { part } from './part.ts';\nexport const a = part;\n");
  writeFileSync(join(folder, 'src/b.ts'), "import { part } from './part.ts';\nexport const b = part;\n");
});
afterEach(() => rmSync(folder, { recursive: true }));

const entries = [
  { output: 'a.js', source: 'src/a.ts', format: 'esm' },
  { output: 'b.cjs', source: 'src/b.ts', format: 'cjs' },
] as const;
const out = () => join(folder, 'dist');
const build = async () => (await bundle(entries, folder, out())).map((file) => basename(file)).sort();

it('bundles each entry by itself, with the licences beside it', async () => {
  await build();
  expect(readdirSync(out()).sort()).toEqual(['a.js', 'a.js.LEGAL.txt', 'b.cjs', 'b.cjs.LEGAL.txt']);
  expect(await import(join(out(), 'a.js'))).toMatchObject({ a: 1 });
  expect(readFileSync(join(out(), 'a.js.LEGAL.txt'), 'utf8')).toContain('Licence of part');
});

it('leaves a file alone whose text has not changed', async () => {
  await build();
  const before = statSync(join(out(), 'b.cjs'));
  writeFileSync(join(folder, 'src/a.ts'), 'export const a = 2;\n');
  expect(await build()).toEqual(['a.js']);
  expect(statSync(join(out(), 'b.cjs'))).toMatchObject({ mtimeMs: before.mtimeMs, ino: before.ino });
});

it('fails on a source that does not parse, and writes nothing', async () => {
  writeFileSync(join(folder, 'src/a.ts'), 'export const = 2;\n');
  await expect(bundle(entries.slice(0, 1), folder, out())).rejects.toThrow();
  expect(() => readdirSync(out())).toThrow();
});
