import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Explanation, ProbeReport } from '@sonde/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeAgent, startFakeAgent } from '../fake-agent.ts';
import { AdminApi } from './admin-api.ts';
import { logEvent } from './log-event.ts';
import { ServerProcess } from './server-process.ts';

/** Far longer than it takes, for machines that are busy. */
const patiently = { timeout: 20_000, interval: 20 };

const rounds = 12;
const agentCount = 3;
const draft = { kind: 'log', location: { file: 'a.ts', line: 1 }, template: 'x', level: 'info' } as const;
const bound: Explanation = { outcome: 'bound', bindings: [], gear: 'none', names: [], problems: [] };
const counters = { reached: 1, conditionFalse: 0, captured: 0, throttled: 0, dropped: 0, failed: 0, spentNs: 0 };

describe('a server that is killed', () => {
  let data: string;
  let server: ServerProcess;
  const agents: FakeAgent[] = [];

  beforeEach(async () => {
    data = mkdtempSync(join(tmpdir(), 'sonde-crash-'));
    server = new ServerProcess(data);
    await server.start();
  });
  afterEach(async () => {
    for (const agent of agents.splice(0)) agent.kill();
    await server.end('SIGKILL');
    rmSync(data, { recursive: true, force: true });
  });

  it('has lost nothing it acknowledged and stored nothing twice, at whatever moment it was killed', async () => {
    const seed = randomInt(2 ** 31);
    // The kill comes at a moment of this sequence; xorshift, so that a printed seed says which.
    let state = seed | 1;
    const random = () => {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return (state >>> 0) / 2 ** 32;
    };
    const { url, agentToken } = server;
    const probeId = 'p_00000001';
    const acknowledged: string[] = [];
    let stopped = false;
    let progress = Promise.withResolvers<void>();
    const working = Array.from({ length: agentCount }, async (_, number) => {
      const agent = await startFakeAgent({ url, token: agentToken, service: `service-${number}` });
      agents.push(agent);
      for (let batch = 0; !stopped; batch += 1) {
        const messages = Array.from({ length: 1 + (batch % 40) }, (_, index) => `${number}/${batch}/${index}`);
        const status: ProbeReport = { probeId, probeVersion: 1, status: 'emitting', bindings: [], counters };
        await agent.send(
          messages.map((message, index) => logEvent(probeId, message, index + 1)),
          [status],
        );
        acknowledged.push(...messages);
        progress.resolve();
      }
    });

    for (let round = 0; round < rounds; round += 1) {
      // Mostly in the midst of ingest, sometimes before the agents are back.
      if (random() < 0.8) await progress.promise;
      await wait(random() * 80);
      await server.end('SIGKILL');
      progress = Promise.withResolvers();
      await server.start();
    }
    await progress.promise;
    stopped = true;
    await Promise.all(working);

    const api = new AdminApi(server.url, server.adminToken);
    const stored = (await api.events()).map(({ event }) => (event.kind === 'log' ? event.message : ''));
    // Every send ended acknowledged, so what is stored is just what was: each once, none missing, none besides.
    expect([...stored].sort(), `seed ${seed}`).toEqual([...acknowledged].sort());
  }, 60_000);

  it('is right again when it is back: agents return by themselves, probes reach them, reports are kept', async () => {
    const api = () => new AdminApi(server.url, server.adminToken);
    const { url, agentToken } = server;
    const agent = await startFakeAgent({ url, token: agentToken, service: 'shop' });
    agents.push(agent);
    agent.onExplain(() => bound);
    const [stays, goes] = [await api().create({ draft }), await api().create({ draft })];
    await agent.waitForProbes((probes) => probes.length === 2);
    const { probe } = stays.record;
    const report: ProbeReport = { probeId: probe.id, probeVersion: 1, status: 'installed', bindings: [], counters };
    await agent.send([], [report]);
    await api().fetch(`/api/v1/probes/${goes.record.probe.id}`, { method: 'DELETE' });
    await server.end('SIGKILL');
    await server.start();

    await expect.poll(async () => (await api().agents()).map(({ id }) => id), patiently).toEqual([agent.agentId]);
    const probes = await agent.waitForProbes((all) => all.length === 1);
    expect(probes).toEqual([probe]);
    expect(await api().probe(probe.id)).toMatchObject({ state: 'active', reports: [{ report }] });
    const added = await api().create({ draft });
    await agent.waitForProbes((all) => all.some(({ id }) => id === added.record.probe.id));
  });

  it('leaves no lock behind, while one that lives keeps others out', async () => {
    const other = new ServerProcess(data);
    await expect(other.start()).rejects.toThrow('exited with 1');
    await server.end('SIGKILL');
    await other.start();
    expect(await other.end('SIGTERM')).toBe(0);
  });
});
