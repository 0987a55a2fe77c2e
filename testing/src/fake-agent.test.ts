import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningServer, startServer } from '@sonde/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeAgent, startFakeAgent } from './fake-agent.ts';
import { AdminApi } from './server/admin-api.ts';
import { logEvent } from './server/log-event.ts';

describe('a fake agent', () => {
  let data: string;
  let server: RunningServer;
  let token: string;
  let agent: FakeAgent;

  beforeEach(async () => {
    data = mkdtempSync(join(tmpdir(), 'sonde-fake-agent-'));
    server = await startServer({ data, port: 0 });
    token = readFileSync(server.agentTokenFile, 'utf8').trim();
    agent = await startFakeAgent({ url: server.url, token, service: 'shop' });
  });
  afterEach(async () => {
    agent.kill();
    await server.stop();
    rmSync(data, { recursive: true, force: true });
  });

  it('is there once it has started, and has its desired set', async () => {
    const api = new AdminApi(server.url, readFileSync(server.adminTokenFile, 'utf8').trim());
    expect(await api.agents()).toMatchObject([{ id: agent.agentId, service: 'shop' }]);
    expect(agent.probes()).toEqual([]);
  });

  it('numbers its batches and sends them in order', async () => {
    const sent = [1, 2, 3].map((number) => agent.send([logEvent('p_00000001', `${number}`)]));
    expect(await Promise.all(sent)).toEqual([1, 2, 3]);
  });

  it('throws what a server refuses it with', async () => {
    const wrong = startFakeAgent({ url: server.url, token: 'sonde_agent_wrong' });
    await expect(wrong).rejects.toMatchObject({ problem: { code: 'token.unknown' } });
    const event = logEvent('not an id', 'x');
    await expect(agent.send([event])).rejects.toMatchObject({ problem: { code: 'request.invalid' } });
  });

  it('sends nothing any more once it was killed', async () => {
    agent.kill();
    await expect(agent.send([])).rejects.toThrow('killed');
    await expect(agent.waitForProbes(() => false)).rejects.toThrow('killed');
  });
});
