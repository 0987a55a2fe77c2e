import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Stage, targets } from './stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = new Stage();
  await stage.up();
}, 60_000);
afterAll(() => stage[Symbol.asyncDispose]());

/** What `sonde up` says when it does not start. */
async function failure(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await stage.sonde('up', ...args);
  expect(stdout).toBe('');
  return told(stderr, code);
}

function told(stderr: string, code: number | null): string {
  const text = stderr
    .replaceAll(stage.home, '~')
    .replaceAll(stage.url, 'http://SERVER')
    .replaceAll(new URL(stage.url).host, 'SERVER')
    .replaceAll(/process \d+/g, 'process PID');
  return `${text}exit ${code}`;
}

it('on a port that is taken', async () => {
  const { port } = new URL(stage.url);
  const folder = join(stage.home, 'second');
  expect(await failure('--port', port, '--data', folder)).toMatchInlineSnapshot(`
    "error: Something is listening on SERVER already
      → Another server may be running there: use that one, or choose another port with --port
    exit 1"
  `);
  expect(existsSync(folder)).toBe(false);
  expect(await failure('--port', port)).toMatchInlineSnapshot(`
    "error: Something is listening on SERVER already
      a Sonde server runs at http://SERVER, process PID
      → Another server may be running there: use that one, or choose another port with --port
    exit 1"
  `);
});

it('on the data folder of a server that runs', async () => {
  expect(await failure('--port', '0')).toMatchInlineSnapshot(`
    "error: Another server is running on the data folder ~/.sonde
      a Sonde server runs at http://SERVER, process PID
      → Stop that one first, or give this one a folder of its own with --data
    exit 1"
  `);
  expect(await stage.json('agents')).toEqual({ agents: [] });
});

it('on a file, and below one', async () => {
  const file = join(stage.home, 'file');
  writeFileSync(file, '');
  expect(await failure('--port', '0', '--data', file)).toMatchInlineSnapshot(`
    "error: ~/file is a file, not a folder
      → Choose a folder with --data
    exit 1"
  `);
  expect(await failure('--port', '0', '--data', join(file, 'below'))).toMatchInlineSnapshot(`
    "error: ~/file/below cannot be made: a part of that path is a file, not a folder
      → Choose a folder with --data
    exit 1"
  `);
});

it.runIf(existsSync('/proc'))('where the system takes no folder', async () => {
  expect(await failure('--port', '0', '--data', '/proc/sonde/data')).toMatchInlineSnapshot(`
    "error: The data folder /proc/sonde/data cannot be made: the system takes no new folder there
      → Choose another folder with --data
    exit 1"
  `);
});

it('on a data folder without write permission', async () => {
  const folder = join(stage.home, 'locked');
  mkdirSync(folder);
  chmodSync(stage.home, 0o755);
  chmodSync(folder, 0o555);
  const { code, stdout, stderr } = await stage.by(
    join(targets, 'sonde-as-ordinary-user.mjs'),
    'up',
    '--port',
    '0',
    '--data',
    folder,
  );
  expect(stdout).toBe('');
  expect(told(stderr, code)).toMatchInlineSnapshot(`
    "error: The data folder ~/locked cannot be written to (EACCES)
      → Give this user write permission there, or choose another folder with --data
    exit 1"
  `);
  expect(readdirSync(folder)).toEqual([]);
});

it('on an address that others reach, unless it is asked for', async () => {
  expect(await failure('--port', '0', '--host', '0.0.0.0')).toMatchInlineSnapshot(`
    "error: Listening on 0.0.0.0 without TLS shows tokens and captured values to whoever is on the way
      → listen on 127.0.0.1 and let a proxy with TLS forward to it, or say --insecure-listen if the network is yours alone
    exit 1"
  `);
});
