import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fakeCli } from '../../test/fake-cli.ts';
import { removeServerFile, writeServerFile } from './server-file.ts';

const calls = { listAgents: async () => ({ agents: [] }) };
const noServer = { SONDE_URL: undefined, SONDE_TOKEN: undefined };
const local = { url: 'http://127.0.0.1:7300', pid: 77 };

function withLocalServer(settings: Parameters<typeof fakeCli>[1] = {}) {
  const cli = fakeCli(calls, { ...settings, env: { ...noServer, ...settings.env } });
  const folder = join(cli.home, '.sonde');
  mkdirSync(folder);
  writeServerFile(folder, local);
  writeFileSync(join(folder, 'admin-token'), 'admin-secret\n');
  return { cli, folder };
}

describe('a command finds its server', () => {
  test('in the data folder, with the token beside it', async () => {
    const { cli } = withLocalServer();
    using _ = cli;
    expect(await cli.run('agents')).toBe(0);
    expect(cli.clients).toEqual([{ url: local.url, token: 'admin-secret' }]);
  });

  test('by options before environment before data folder', async () => {
    const { cli } = withLocalServer({ env: { SONDE_URL: 'http://env/', SONDE_TOKEN: 'env-secret' } });
    using _ = cli;
    await cli.run('agents');
    await cli.run('agents', '--url', 'http://option', '--token', 'option-secret');
    expect(cli.clients).toEqual([
      { url: 'http://env', token: 'env-secret' },
      { url: 'http://option', token: 'option-secret' },
    ]);
  });

  test('and sends the local token to no other server', async () => {
    const { cli } = withLocalServer();
    using _ = cli;
    expect(await cli.run('agents', '--url', 'http://elsewhere')).toBe(1);
    expect(cli.stderr()).toContain('no token for the server at http://elsewhere');
    expect(cli.clients).toEqual([]);
  });

  test('and tells a stale one from one that was never there', async () => {
    const { cli, folder } = withLocalServer({ context: { isAlive: () => false } });
    using _ = cli;
    expect(await cli.run('agents')).toBe(3);
    expect(cli.stderr()).toContain('its process 77 ended');
    removeServerFile(folder, 78);
    expect(await cli.run('agents')).toBe(3);
    removeServerFile(folder, 77);
    expect(await cli.run('agents')).toBe(3);
    expect(cli.stderr().match(/its process 77 ended/g)).toHaveLength(2);
    expect(cli.stderr()).toContain('no server runs on the data folder');
  });

  test('and takes half a server file for none', async () => {
    const { cli, folder } = withLocalServer();
    using _ = cli;
    writeFileSync(join(folder, 'server.json'), '{"url": "http');
    expect(await cli.run('agents')).toBe(3);
  });
});
