import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningServer, type ServerOptions, StartError, startServer } from './main.ts';
import { temporaryFolder } from './test-support/temporary-folder.ts';

describe('a server', () => {
  let base: ReturnType<typeof temporaryFolder>;
  let data: string;
  const servers: RunningServer[] = [];

  beforeEach(() => {
    base = temporaryFolder();
    data = join(base.path, 'data');
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.stop();
    base.remove();
  });

  async function start(more: Partial<ServerOptions> = {}): Promise<RunningServer> {
    const server = await startServer({ data, port: 0, ...more });
    servers.push(server);
    return server;
  }

  it('listens on loopback, keeps its tokens in private files, and answers', async () => {
    const server = await start();
    expect(server.url).toBe(`http://127.0.0.1:${server.port}`);
    expect(readdirSync(data)).toContain('sonde.db-wal');
    for (const file of readdirSync(data))
      expect(`${file} ${statSync(join(data, file)).mode & 0o777}`).toBe(`${file} ${0o600}`);
    expect((await fetch(`${server.url}/livez`)).status).toBe(204);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(204);
    const authorization = `Bearer ${readFileSync(server.adminTokenFile, 'utf8').trim()}`;
    const info = await fetch(`${server.url}/api/v1/server`, { headers: { authorization } });
    expect(info.headers.get('sonde-protocol')).toBe('1');
    expect(await info.json()).toMatchObject({ protocol: 1, storage: 'sqlite', startedAtMs: expect.any(Number) });
  });

  it('holds no token in clear in its database', async () => {
    const server = await start();
    const token = readFileSync(server.adminTokenFile, 'utf8').trim();
    await server.stop();
    for (const file of readdirSync(data)) {
      if (file !== 'admin-token') expect(readFileSync(join(data, file)).includes(token.slice(12))).toBe(false);
    }
  });

  it('keeps its tokens over a restart, and leaves nothing open when it stops', async () => {
    const first = await start();
    const token = readFileSync(first.adminTokenFile, 'utf8');
    await Promise.all([first.stop(), first.stop()]);
    await expect(fetch(`${first.url}/livez`)).rejects.toThrow();
    // Stopped cleanly, the WAL is part of the database again.
    expect(readdirSync(data).sort()).toEqual(['admin-token', 'agent-token', 'lock', 'sonde.db']);
    const second = await start();
    expect(readFileSync(second.adminTokenFile, 'utf8')).toBe(token);
  });

  it('says that a port is in use, and touches nothing', async () => {
    const other = createServer();
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await expect(start({ port })).rejects.toMatchObject({
      reason: 'listen.in-use',
      message: expect.stringContaining(`127.0.0.1:${port}`),
    });
    expect(existsSync(data)).toBe(false);
    other.close();
  });

  it('says that another server has the data folder, and gives its own port back', async () => {
    const first = await start();
    const second = await startServer({ data, port: 0 }).catch((error: unknown) => error);
    expect(second).toBeInstanceOf(StartError);
    expect(second).toMatchObject({ reason: 'data.in-use' });
    expect((await fetch(`${first.url}/readyz`)).status).toBe(204);
  });

  it('does not start on a damaged database', async () => {
    await (await start()).stop();
    writeFileSync(join(data, 'sonde.db'), 'damaged');
    await expect(start()).rejects.toMatchObject({ reason: 'data.corrupt' });
    expect(readFileSync(join(data, 'sonde.db'), 'utf8')).toBe('damaged');
  });

  it('listens elsewhere only when told that it is not safe', async () => {
    await expect(start({ host: '0.0.0.0' })).rejects.toMatchObject({ reason: 'listen.insecure' });
    expect(existsSync(data)).toBe(false);
    const server = await start({ host: '0.0.0.0', insecureListen: true });
    expect((await fetch(`http://127.0.0.1:${server.port}/livez`)).status).toBe(204);
  });

  it('says that an address is not of this machine', async () => {
    await expect(start({ host: '192.0.2.1', insecureListen: true })).rejects.toMatchObject({
      reason: 'listen.address',
    });
  });
});
