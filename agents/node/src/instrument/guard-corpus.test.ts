import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { parse, type Token } from 'acorn';
import { expect, it } from 'vitest';
import { guardModule } from './guard-module.ts';
import type { ModuleKind } from './parse.ts';

const packages = fileURLToPath(new URL('../../../../node_modules', import.meta.url));
/** Evenly spread over all files, so that all packages are in it and the test stays quick; larger files are bundles of the same code. */
const wantedFiles = 1_200;
const largestBytes = 200_000;
const closers = new Set([')', ']', '}', ',', ';']);

function corpus(): readonly string[] {
  const all = readdirSync(packages, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.[cm]?js$/.test(path))
    .map((path) => join(packages, path))
    .filter((path) => statSync(path).isFile() && statSync(path).size <= largestBytes)
    .toSorted();
  const share = Math.min(1, wantedFiles / all.length);
  return all.filter((_path, index) => Math.floor((index + 1) * share) > Math.floor(index * share));
}

function tokensOf(code: string, kind: ModuleKind): readonly Token[] | undefined {
  const onToken: Token[] = [];
  try {
    parse(code, { ecmaVersion: 'latest', sourceType: kind, allowHashBang: true, locations: true, onToken });
    return onToken;
  } catch {
    // Not valid in this kind: what the caller asks about.
    return undefined;
  }
}

function read(path: string): { code: string; kind: ModuleKind; tokens: readonly Token[] } | undefined {
  const code = readFileSync(path, 'utf8');
  const kinds: readonly ModuleKind[] = path.endsWith('.mjs') ? ['module', 'commonjs'] : ['commonjs', 'module'];
  for (const kind of kinds) {
    const tokens = tokensOf(code, kind);
    if (tokens) return { code, kind, tokens };
  }
  return undefined;
}

const line = (token: Token): number => token.loc?.start.line ?? 0;
const column = (token: Token): number => token.loc?.start.column ?? 0;
const isBefore = (a: Token, b: Token): boolean => line(a) < line(b) || (line(a) === line(b) && column(a) < column(b));
const isSame = (a: Token, b: Token): boolean =>
  a.type === b.type && Reflect.get(a, 'value')?.toString() === Reflect.get(b, 'value')?.toString();

interface Kept {
  tokens: number;
  sameColumn: number;
  /** Closing punctuation behind a bracket of ours: no position of it is ever reported. */
  shiftedClosers: number;
  readonly moved: string[];
}

function compare(path: string, before: readonly Token[], after: readonly Token[], kept: Kept): void {
  let at = 0;
  for (const token of before) {
    // The end of the file is not in the code; our accessor may stand before it.
    if (token.type.label === 'eof') break;
    kept.tokens += 1;
    for (let other = after[at]; other && isBefore(other, token); other = after[at]) at += 1;
    // Tokens without text, as around a template's expression, share their place with the next one.
    if (standsAt(after, at, token)) kept.sameColumn += 1;
    else if (closers.has(token.type.label) && isOnLine(after, at, token)) kept.shiftedClosers += 1;
    else kept.moved.push(`${path}:${line(token)}:${column(token)} ${token.type.label}`);
  }
}

function standsAt(after: readonly Token[], from: number, token: Token): boolean {
  for (let at = from, other = after[at]; other && !isBefore(token, other); at += 1, other = after[at]) {
    if (isSame(other, token)) return true;
  }
  return false;
}

function isOnLine(after: readonly Token[], from: number, token: Token): boolean {
  for (let at = from, other = after[at]; other && line(other) === line(token); at += 1, other = after[at]) {
    if (isSame(other, token)) return true;
  }
  return false;
}

/** Only a process with this flag can compile ES modules without running them. */
const compileModules = `
const { SourceTextModule } = require('node:vm');
let text = '';
process.stdin.setEncoding('utf8').on('data', (part) => { text += part; }).on('end', () => {
  const rejected = [];
  const files = JSON.parse(text);
  for (const [path, code] of files) {
    try { new SourceTextModule(code); } catch (error) { rejected.push(path + ': ' + error.message); }
  }
  console.log(JSON.stringify({ compiled: files.length - rejected.length, rejected }));
});`;

async function compileAsModules(
  files: readonly (readonly [string, string])[],
): Promise<{ compiled: number; rejected: readonly string[] }> {
  const child = spawn(process.execPath, ['--experimental-vm-modules', '--no-warnings', '-e', compileModules], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(files));
  let output = '';
  for await (const part of child.stdout) output += part;
  return JSON.parse(output);
}

function commonJsRejection(path: string, code: string): readonly string[] {
  try {
    new Script(`(function (exports, require, module, __filename, __dirname) {${code.replace(/^#!/, '//')}\n})`);
    return [];
  } catch (error) {
    return [`${path}: ${String(error)}`];
  }
}

it('more than a thousand files of real packages keep every line and column, and V8 compiles them', {
  timeout: 120_000,
}, async () => {
  const kept: Kept = { tokens: 0, sameColumn: 0, shiftedClosers: 0, moved: [] };
  const failed: string[] = [];
  const rejected: string[] = [];
  const notJavaScript: string[] = [];
  const modules: [string, string][] = [];
  const skipped = new Map<string, number>();
  let guardedFiles = 0;
  let sites = 0;
  let commonJs = 0;

  const files = corpus();
  for (const [index, path] of files.entries()) {
    const original = read(path);
    if (original === undefined) {
      notJavaScript.push(path);
      continue;
    }
    const { code, kind, tokens } = original;
    try {
      const guarded = guardModule({ code, moduleKind: kind, moduleId: `c${index}` });
      guardedFiles += 1;
      sites += guarded.sites.length;
      for (const { reason } of guarded.skipped) skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
      compare(path, tokens, tokensOf(guarded.code, kind) ?? [], kept);
      if (kind === 'module') modules.push([path, guarded.code]);
      else {
        commonJs += 1;
        rejected.push(...commonJsRejection(path, guarded.code));
      }
    } catch (error) {
      failed.push(`${path}: ${String(error)}`);
    }
  }
  const compiled = await compileAsModules(modules);

  process.stdout.write(
    `guarded ${guardedFiles} of ${files.length} files (${commonJs} CommonJS, ${modules.length} ES modules; ${notJavaScript.length} are not JavaScript), ` +
      `${sites} sites, ${kept.tokens} tokens, columns kept ${((kept.sameColumn / kept.tokens) * 100).toFixed(4)} %, ` +
      `${kept.shiftedClosers} closing brackets shifted, left as they are: ${JSON.stringify(Object.fromEntries(skipped))}\n`,
  );
  expect(failed).toEqual([]);
  expect(kept.moved).toEqual([]);
  expect([...rejected, ...compiled.rejected]).toEqual([]);
  expect(guardedFiles).toBeGreaterThanOrEqual(1_000);
  expect(compiled.compiled).toBe(modules.length);
  expect(sites).toBeGreaterThan(guardedFiles);
  expect(notJavaScript.length).toBeLessThan(files.length / 100);
});
