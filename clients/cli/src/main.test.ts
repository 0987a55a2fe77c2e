import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const bin = fileURLToPath(new URL('../bin/sonde.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'sonde-main-'));
const data = join(folder, 'data');
// What the person who runs the tests has set must not reach the commands.
const env = { PATH: process.env['PATH'], HOME: folder, SONDE_DATA: data, NO_COLOR: '1' };

type Child = ChildProcessByStdio<null, Readable, Readable>;

function start(args: readonly string[], nodeArgs: readonly string[] = [], script = bin): Child {
  return spawn(process.execPath, [...nodeArgs, script, ...args], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function ended(child: Child) {
  const [stdout, stderr, [code, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>,
  ]);
  return { stdout, stderr, code, signal };
}

const sonde = (...args: readonly string[]) => ended(start(args));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('without a server, commands end with 3 and name the next step', async () => {
  const { code, stderr } = await sonde('agents');
  expect(code).toBe(3);
  expect(stderr).toContain('sonde up');
});

describe('with a server', () => {
  let up: Child;
  let url = '';

  beforeAll(async () => {
    up = start(['up', '--port', '0', '--json']);
    up.stderr.resume();
    const [line] = (await once(up.stdout, 'data')) as [Buffer];
    url = JSON.parse(line.toString()).url;
  });

  afterAll(async () => {
    if (up.exitCode !== null || up.signalCode !== null) return;
    up.kill('SIGKILL');
    await once(up, 'close');
  });

  test('commands find it by its data folder', async () => {
    expect(JSON.parse((await sonde('agents', '--json')).stdout)).toEqual({ agents: [] });
    const { code, stdout } = await sonde('probes');
    expect(stdout).toContain('No probe is active');
    expect(code).toBe(0);
  });

  test('a probe is placed, listed, shown and removed', async () => {
    const created = await sonde('log', 'src/orders.ts:42', 'order {order.id}', '--expires', '10m', '--json');
    const { id } = JSON.parse(created.stdout).record.probe;
    expect((await sonde('probes')).stdout).toContain('src/orders.ts:42');
    expect((await sonde('show', id)).stdout).toContain('order {order.id} (info)');
    expect((await sonde('rm', id)).stdout).toContain(`removed ${id}`);
    expect(JSON.parse((await sonde('probes', '--json')).stdout)).toEqual({ probes: [] });
  });

  test('waiting without an answer ends with 4', async () => {
    const { code, stderr } = await sonde('snapshot', 'src/orders.ts:42', '--wait', '--timeout', '200ms', '--json');
    expect(JSON.parse(stderr).error).toMatchObject({ code: 'cli.timeout', exitCode: 4 });
    expect(code).toBe(4);
  });

  test('a wrong token and an unknown probe end with 1', async () => {
    expect(await sonde('agents', '--token', 'wrong')).toMatchObject({ code: 1, stdout: '' });
    expect(await sonde('show', 'p_00000000')).toMatchObject({ code: 1, stdout: '' });
  });

  test('a second server on its port or its folder is told who is there', async () => {
    const port = new URL(url).port;
    for (const args of [
      ['--port', port],
      ['--port', '0'],
    ]) {
      const { code, stderr } = await sonde('up', ...args);
      expect(stderr).toContain(`a Sonde server runs at ${url}, process ${up.pid}`);
      expect(code).toBe(1);
    }
  });

  test('tail ends with 0 when it is asked to', async () => {
    const tail = start(['tail']);
    const end = ended(tail);
    await once(tail.stderr, 'data');
    tail.kill('SIGINT');
    expect(await end).toMatchObject({ code: 0, signal: null });
  });

  test('asked to end, it stops cleanly and takes its file away', async () => {
    expect(statSync(join(data, 'server.json')).mode & 0o777).toBe(0o600);
    up.kill('SIGTERM');
    expect(await once(up, 'close')).toEqual([0, null]);
    expect(existsSync(join(data, 'server.json'))).toBe(false);
  });
});

test('up says in one line that its folder is a file, or that it would listen to the network', async () => {
  const file = join(folder, 'a-file');
  writeFileSync(file, '');
  const blocked = await sonde('up', '--port', '0', '--data', file);
  expect(blocked).toMatchObject({ code: 1, stdout: '' });
  expect(blocked.stderr).toContain('is a file, not a folder');
  const open = await sonde('up', '--port', '0', '--host', '0.0.0.0');
  expect(open).toMatchObject({ code: 1, stdout: '' });
  expect(open.stderr).toContain('--insecure-listen');
});

describe('on a Node that is too old', () => {
  const pretend = `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.20.2'}})`;

  /** A clone with nothing but the command, and with a pinned Node if it is given. */
  function clone(name: string, node?: string): string {
    const root = join(folder, name);
    const target = join(root, 'clients/cli/bin');
    mkdirSync(target, { recursive: true });
    for (const file of ['sonde.js', 'relay.js']) copyFileSync(join(bin, '..', file), join(target, file));
    writeFileSync(join(root, 'clients/cli/package.json'), '{"type": "module"}');
    mkdirSync(join(root, 'scripts'));
    writeFileSync(join(root, 'scripts/runtimes.json'), '{"development": "24.99.0"}');
    if (node !== undefined) {
      const pinned = join(root, '.runtime/24.99.0/node_modules/node/bin');
      mkdirSync(pinned, { recursive: true });
      symlinkSync(node, join(pinned, 'node'));
      mkdirSync(join(root, 'clients/cli/src'));
      const main = 'export const main = (p) => { console.log(p.argv.slice(2).join()); p.exitCode = 7; };';
      writeFileSync(join(root, 'clients/cli/src/main.ts'), main);
    }
    return join(target, 'sonde.js');
  }

  test('it hands over to the pinned one, with its arguments and exit code', async () => {
    const script = clone('with-runtime', process.execPath);
    expect(await ended(start(['agents', '--json'], ['--import', pretend], script))).toMatchObject({
      stdout: 'agents,--json\n',
      code: 7,
    });
  });

  test('without the pinned one it names the set-up', async () => {
    const { code, stderr } = await ended(start(['agents'], ['--import', pretend], clone('without-runtime')));
    expect(stderr).toContain('npm run setup');
    expect(code).toBe(1);
  });
});

describe('a program that is run in our place', () => {
  const relay = `
    import { relayProgram } from ${JSON.stringify(new URL('../bin/relay.js', import.meta.url).href)};
    const end = await relayProgram(process.execPath, ['-e', process.argv[1]], process.env);
    process.exitCode = end.code;`;

  function run(program: string): Child {
    return spawn(process.execPath, ['--input-type=module', '-e', relay, program], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  test('gives us its output and exit code', async () => {
    expect(await ended(run("console.log('out'); console.error('err'); process.exit(9)"))).toEqual({
      stdout: 'out\n',
      stderr: 'err\n',
      code: 9,
      signal: null,
    });
  });

  test('gets our signals, and may handle them', async () => {
    const child = run("process.on('SIGTERM', () => process.exit(5)); setInterval(() => {}, 1e6); console.log('up')");
    const end = ended(child);
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    expect(await end).toMatchObject({ code: 5, signal: null });
  });

  test('gets the signal that Node would take for a call for its debugger', async () => {
    const child = run("process.on('SIGUSR1', () => process.exit(6)); setInterval(() => {}, 1e6); console.log('up')");
    const end = ended(child);
    await once(child.stdout, 'data');
    const stopped = setTimeout(() => child.kill('SIGTERM'), 5_000);
    child.kill('SIGUSR1');
    expect(await end).toMatchObject({ code: 6, signal: null, stderr: '' });
    clearTimeout(stopped);
  });

  test('takes us with it when a signal ends it', async () => {
    expect(await ended(run("process.kill(process.pid, 'SIGKILL')"))).toMatchObject({ code: null, signal: 'SIGKILL' });
  });
});
