import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningServer, startServer } from '@sonde/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeAgent, startFakeAgent } from '../fake-agent.ts';
import { AdminApi } from './admin-api.ts';
import { logEvent } from './log-event.ts';

const folder = mkdtempSync(join(tmpdir(), 'sonde-full-'));
/** A disk of its own that may be filled; only root may make one. The writer's own test fills a database for everyone. */
const mounted = mount();
if (!mounted) process.stderr.write('disk-full.test.ts: no disk could be mounted here, so it is not filled\n');

function mount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

afterAll(() => {
  if (mounted) execFileSync('/bin/umount', [folder]);
  rmSync(folder, { recursive: true, force: true });
});

describe.runIf(mounted)('a server whose disk is full', () => {
  let server: RunningServer;
  let agent: FakeAgent;
  const faults: unknown[] = [];

  beforeAll(async () => {
    server = await startServer({ data: join(folder, 'data'), port: 0, report: (error) => faults.push(error) });
    agent = await startFakeAgent({ url: server.url, token: readFileSync(server.agentTokenFile, 'utf8').trim() });
  });
  afterAll(async () => {
    agent.kill();
    await server.stop();
  });

  it('refuses what it cannot store, goes on, and stores again when there is room', async () => {
    const api = new AdminApi(server.url, readFileSync(server.adminTokenFile, 'utf8').trim());
    const draft = { kind: 'log', location: { file: 'a.ts', line: 1 }, template: 'x', level: 'info' };
    const create = () => api.fetch('/api/v1/probes', { method: 'POST', body: JSON.stringify({ draft }) });
    const filler = join(folder, 'filler');
    expect(() => writeFileSync(filler, Buffer.alloc(8_000_000))).toThrow('ENOSPC');

    const text = 'x'.repeat(10_000);
    const messages: string[] = [];
    const send = async () => {
      const message = `${messages.length} ${text}`;
      await agent.send([logEvent('p_00000001', message)]);
      messages.push(message);
    };
    const full = { problem: { status: 507, code: 'server.storage-full' } };
    await expect(
      (async () => {
        for (;;) await send();
      })(),
    ).rejects.toMatchObject(full);
    await expect(send()).rejects.toMatchObject(full);
    expect((await create()).status).toBe(507);
    expect((await api.fetch('/readyz')).status).toBe(204);
    const stored = async () => (await api.events()).map(({ event }) => (event.kind === 'log' ? event.message : ''));
    expect(await stored()).toEqual(messages);

    rmSync(filler);
    await send();
    expect((await create()).status).toBe(201);
    expect(await stored()).toEqual(messages);
    expect(faults).toEqual([]);
  });
});
