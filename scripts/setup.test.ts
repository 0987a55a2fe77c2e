import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';

const version = '24.99.0';
/** In place of npm: brings what it is asked for, writes down how it was called, and fails when another is at work. */
const fakeNpm = `
  import { appendFileSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
  import { setTimeout as pause } from 'node:timers/promises';
  const clone = process.env.FAKE_CLONE;
  appendFileSync(clone + '/npm-calls', process.argv.slice(2).join(' ') + '\\n');
  mkdirSync(clone + '/npm-busy');
  await pause(300);
  if (process.argv[2] === 'ci') rmSync('node_modules', { recursive: true, force: true });
  mkdirSync('node_modules/node/bin', { recursive: true });
  if (process.env.FAKE_SCRIPTS !== 'off') symlinkSync(process.execPath, 'node_modules/node/bin/node');
  rmSync(clone + '/npm-busy', { recursive: true });
`;
let clone: string;

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'sonde set up '));
  mkdirSync(join(clone, 'scripts'));
  for (const file of ['runtimes.mjs', 'setup.mjs', 'one-at-a-time.mjs'])
    if (existsSync(join(import.meta.dirname, file)))
      copyFileSync(join(import.meta.dirname, file), join(clone, 'scripts', file));
  const runtimes = { development: version, supported: { '24': version } };
  writeFileSync(join(clone, 'scripts/runtimes.json'), JSON.stringify(runtimes));
  writeFileSync(join(clone, 'package-lock.json'), '{}');
  writeFileSync(join(clone, 'npm-cli.mjs'), fakeNpm);
});
afterEach(() => rmSync(clone, { recursive: true, force: true }));

async function setUp(env: { readonly [name: string]: string } = {}) {
  const program = "import { setUp } from './scripts/setup.mjs'; process.stdout.write(setUp());";
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    cwd: clone,
    env: { PATH: process.env['PATH'], npm_execpath: join(clone, 'npm-cli.mjs'), FAKE_CLONE: clone, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { stdout, stderr, code };
}

const npmCalls = () => readFileSync(join(clone, 'npm-calls'), 'utf8').trim().split('\n');
const node = () => join(clone, `.runtime/${version}/node_modules/node/bin/node`);

/** The id of a process that was and is not any more. */
async function endedProcess(): Promise<number> {
  const child: ChildProcess = spawn(process.execPath, ['-e', '']);
  await once(child, 'close');
  return child.pid ?? 0;
}

test('a clone is set up once, and then without npm', async () => {
  expect(await setUp()).toMatchObject({ code: 0, stdout: node() });
  expect(npmCalls()).toHaveLength(2);
  expect(await setUp({ npm_execpath: '/nowhere' })).toEqual({ code: 0, stdout: node(), stderr: '' });
});

test('two at once do not work on the same folder', async () => {
  for (const { code, stderr, stdout } of await Promise.all([setUp(), setUp()]))
    expect({ code, stdout }, stderr).toEqual({ code: 0, stdout: node() });
  expect(npmCalls()).toHaveLength(2);
});

test('what an interrupted one left is in nobody’s way', async () => {
  const gone = await endedProcess();
  mkdirSync(join(clone, '.runtime'));
  for (const lock of ['fetch.lock', 'install.lock']) symlinkSync(String(gone), join(clone, '.runtime', lock));
  mkdirSync(join(clone, `.runtime/${version}.partial/node_modules/node/bin`), { recursive: true });
  mkdirSync(join(clone, 'node_modules/half'), { recursive: true });
  expect(await setUp()).toMatchObject({ code: 0, stdout: node() });
  expect(existsSync(join(clone, `.runtime/${version}.partial`))).toBe(false);
  expect(existsSync(join(clone, 'node_modules/half'))).toBe(false);
});

test('settings of the user do not leave out what is needed', async () => {
  await setUp();
  expect(npmCalls()[0]).toContain('--ignore-scripts=false');
  expect(npmCalls()[1]).toContain('--include=dev');
});

test('a Node that npm did not bring is said, and asked for again the next time', async () => {
  const failed = await setUp({ FAKE_SCRIPTS: 'off' });
  expect(failed.code).toBe(1);
  expect(failed.stderr).toContain(`npm brought no Node ${version}`);
  expect(await setUp()).toMatchObject({ code: 0, stdout: node() });
});
