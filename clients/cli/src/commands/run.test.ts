import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fakeCli } from '../../test/fake-cli.ts';
import type { ProgramEnd } from '../cli-context.ts';
import { writeServerFile } from '../finding/server-file.ts';

const answers = { live: async () => undefined };
const silent = { live: () => Promise.reject(new Error('nobody')) };

describe('run', () => {
  test('adds the agent to the environment and keeps what is there', async () => {
    using cli = fakeCli(answers, {
      env: { NODE_OPTIONS: '--max-old-space-size=100', SONDE_TAGS: 'zone=a', KEEP: '1' },
    });
    expect(await cli.run('run', '--service', 'shop', '--tag', 'env=prod', '--', 'node', 'app.js', '--json')).toBe(0);
    expect(cli.programs).toEqual([
      {
        command: 'node',
        args: ['app.js', '--json'],
        env: expect.objectContaining({
          NODE_OPTIONS: '--max-old-space-size=100 --import file:///agent/register.js',
          SONDE_URL: 'http://fake',
          SONDE_TOKEN: 'secret',
          SONDE_SERVICE: 'shop',
          SONDE_TAGS: 'zone=a,env=prod',
          KEEP: '1',
        }),
      },
    ]);
    expect(cli.stderr()).toBe('');
  });

  test('needs no -- before a program, and leaves the program its options', async () => {
    using cli = fakeCli(answers);
    expect(await cli.run('run', 'npm', 'start', '--help', '--', 'x')).toBe(0);
    expect(cli.programs).toMatchObject([{ command: 'npm', args: ['start', '--help', '--', 'x'] }]);
  });

  test('reports to the local server with its agent token', async () => {
    using cli = fakeCli(answers, { env: { SONDE_URL: undefined, SONDE_TOKEN: 'an-admin-token' } });
    const folder = join(cli.home, '.sonde');
    mkdirSync(folder);
    writeServerFile(folder, { url: 'http://127.0.0.1:7301', pid: 1 });
    writeFileSync(join(folder, 'agent-token'), 'agent-secret\n');
    await cli.run('run', '--', 'node');
    expect(cli.programs[0]?.env).toMatchObject({ SONDE_URL: 'http://127.0.0.1:7301', SONDE_TOKEN: 'agent-secret' });
  });

  test('runs the program all the same when there is no server, and says so in one line', async () => {
    using cli = fakeCli(silent);
    expect(await cli.run('run', '--', 'node')).toBe(0);
    expect(cli.programs).toHaveLength(1);
    expect(cli.stderr()).toBe(
      'sonde: no server answers at http://fake; the program runs without one, the agent connects when one does\n',
    );
  });

  test.each<[ProgramEnd, number]>([
    [{ kind: 'exited', code: 7 }, 7],
    [{ kind: 'killed', signal: 'SIGTERM' }, 143],
    [{ kind: 'not-started', code: 'ENOENT' }, 127],
    [{ kind: 'not-started', code: 'EACCES' }, 126],
  ])('after %j the exit code is %i', async (end, code) => {
    using cli = fakeCli(answers, { machine: { runProgram: async () => end } });
    expect(await cli.run('run', '--', 'program')).toBe(code);
  });

  test('names the set-up when the agent is not built', async () => {
    using cli = fakeCli(answers, { machine: { agentEntry: () => undefined } });
    expect(await cli.run('run', '--', 'node')).toBe(1);
    expect(cli.stderr()).toContain('npm run setup');
  });
});

describe('the Node of a program', () => {
  const pinned = '/clone/.runtime/bin/node';

  async function pathOf(cwd: string, root: string, version: string, args: readonly string[]) {
    using cli = fakeCli(answers, {
      cwd,
      env: { PATH: '/usr/bin' },
      machine: {
        repositoryRoot: root,
        pinnedNode: () => pinned,
        nodeVersion: (path) => (path === '/usr/bin' ? version : '24.21.0'),
      },
    });
    await cli.run('run', '--', ...args);
    return { path: cli.programs[0]?.env['PATH'], note: cli.stderr() };
  }

  function folder() {
    const path = mkdtempSync(join(tmpdir(), 'sonde-run-'));
    return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
  }

  test('is the repository’s own inside the clone when the machine’s is too old, and a line says so', async () => {
    using clone = folder();
    using elsewhere = folder();
    const target = join(clone.path, 'main.ts');
    writeFileSync(target, '');
    const expected = {
      path: '/clone/.runtime/bin:/usr/bin',
      note: 'sonde: node is the repository’s own 24.21.0 (yours is 20.20.2)\n'.replace('’', "'"),
    };
    expect(await pathOf(clone.path, clone.path, '20.20.2', ['node', 'x.js'])).toEqual(expected);
    expect(await pathOf(elsewhere.path, clone.path, '20.20.2', ['node', target])).toEqual(expected);
  });

  test('is the user’s everywhere else', async () => {
    using clone = folder();
    using elsewhere = folder();
    const unchanged = { path: '/usr/bin', note: '' };
    expect(await pathOf(elsewhere.path, clone.path, '20.20.2', ['node', 'x.js'])).toEqual(unchanged);
    expect(await pathOf(clone.path, clone.path, '24.1.0', ['node', 'x.js'])).toEqual(unchanged);
    expect(await pathOf(clone.path, clone.path, '20.20.2', ['/usr/bin/node', 'x.js'])).toEqual(unchanged);
  });
});
