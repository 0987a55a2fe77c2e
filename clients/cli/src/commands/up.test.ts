import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fakeCli } from '../../test/fake-cli.ts';
import type { StartOptions } from '../cli-context.ts';

function startError(reason: string, message: string, hint: string): Error {
  return Object.assign(new Error(message), { name: 'StartError', reason, hint });
}

test('up prints where it listens and the next step, leaves word for other commands, and takes it back', async () => {
  const started: StartOptions[] = [];
  const stopped: string[] = [];
  let word: unknown;
  using cli = fakeCli(
    {},
    {
      context: {
        async startServer(options) {
          started.push(options);
          mkdirSync(options.dataFolder);
          // The server is up once this returns; the interruption is seen after the announcement.
          queueMicrotask(() => queueMicrotask(() => cli.interrupt()));
          return {
            url: 'http://0.0.0.0:7300',
            adminTokenFile: '/data/admin-token',
            agentTokenFile: '/data/agent-token',
            async stop() {
              word = JSON.parse(readFileSync(join(options.dataFolder, 'server.json'), 'utf8'));
              stopped.push('stopped');
            },
          };
        },
      },
    },
  );
  expect(await cli.run('up', '--host', '0.0.0.0', '--insecure-listen')).toBe(0);
  const folder = join(cli.home, '.sonde');
  expect(started).toEqual([{ dataFolder: folder, host: '0.0.0.0', port: 7_300, insecureListen: true }]);
  expect(cli.stdout().replaceAll(folder, '~/.sonde')).toMatchInlineSnapshot(`
    "Sonde listens at http://0.0.0.0:7300
      data         ~/.sonde
      admin token  /data/admin-token (only you can read it; commands here do so by themselves)
      agent token  /data/agent-token

    Next, in another terminal:
      sonde run -- node app.js  start a program with the agent
      sonde agents              see that it is there

    Ctrl-C stops the server.
    "
  `);
  expect(word).toEqual({ url: 'http://127.0.0.1:7300', pid: 4_242 });
  expect(stopped).toEqual(['stopped']);
  expect(existsSync(join(folder, 'server.json'))).toBe(false);
});

test('up tells why the server did not start and what to do', async () => {
  using cli = fakeCli(
    {},
    { context: { startServer: () => Promise.reject(startError('data.not-writable', 'no permission', 'give it')) } },
  );
  expect(await cli.run('up')).toBe(1);
  expect(cli.stderr()).toBe('error: no permission\n  → give it\n');
});
