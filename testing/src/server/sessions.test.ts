import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Explanation, type ProblemDetail, problemDetail } from '@sonde/protocol';
import { type RunningServer, startServer } from '@sonde/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeAgent, startFakeAgent } from '../fake-agent.ts';
import { AdminApi } from './admin-api.ts';
import { logEvent } from './log-event.ts';

/** Far longer than it takes, for machines that are busy. */
const patiently = { timeout: 20_000, interval: 20 };

const sessionTimeoutMs = 1_500;
const draft = { kind: 'snapshot', location: { file: 'a.ts', line: 3 }, watches: [] } as const;
const bound: Explanation = { outcome: 'bound', bindings: [], gear: 'none', names: ['order'], problems: [] };

describe('a server and its agents', () => {
  let data: string;
  let server: RunningServer;
  let token: string;
  let api: AdminApi;
  const agents: FakeAgent[] = [];

  beforeEach(async () => {
    data = mkdtempSync(join(tmpdir(), 'sonde-sessions-'));
    server = await startServer({ data, port: 0, heartbeatMs: 300, sessionTimeoutMs });
    token = readFileSync(server.agentTokenFile, 'utf8').trim();
    api = new AdminApi(server.url, readFileSync(server.adminTokenFile, 'utf8').trim());
  });
  afterEach(async () => {
    for (const agent of agents.splice(0)) agent.kill();
    await server.stop();
    rmSync(data, { recursive: true, force: true });
  });

  async function agent(service: string, more: Partial<Parameters<typeof startFakeAgent>[0]> = {}): Promise<FakeAgent> {
    const started = await startFakeAgent({ url: server.url, token, service, ...more });
    agents.push(started);
    return started;
  }

  async function refused(body: unknown): Promise<ProblemDetail> {
    const response = await api.fetch('/api/v1/probes', { method: 'POST', body: JSON.stringify(body) });
    return problemDetail.decode(await response.json());
  }

  it('lists an agent with its tags until it leaves', async () => {
    const shop = await agent('shop', { session: { tags: { env: 'test' } } });
    expect(await api.agents()).toMatchObject([
      { id: shop.agentId, service: 'shop', tags: { env: 'test', service: 'shop' } },
    ]);
    await shop.leave();
    expect(await api.agents()).toEqual([]);
  });

  it('forgets an agent whose process was killed', async () => {
    const [killed, stays] = [await agent('killed'), await agent('stays')];
    killed.kill();
    await expect.poll(async () => (await api.agents()).map(({ id }) => id), patiently).toEqual([stays.agentId]);
  });

  it('forgets an agent that says nothing although its stream is open', async () => {
    await agent('mute', { heartbeat: false, reconnect: false });
    await expect.poll(() => api.agents(), patiently).toEqual([]);
  });

  it('takes an agent that it forgot back under its id when it speaks again', async () => {
    const mute = await agent('mute', { heartbeat: false, reconnect: false });
    await expect.poll(() => api.agents(), patiently).toEqual([]);
    expect(await mute.send([logEvent('p_00000001', 'hello')])).toBe(1);
    expect(await api.agents()).toMatchObject([{ id: mute.agentId }]);
    expect(await api.events()).toMatchObject([{ agentId: mute.agentId, service: 'mute' }]);
  });

  it('sends a probe only to agents that its selector names', async () => {
    const [shop, tax] = [await agent('shop'), await agent('tax')];
    for (const each of [shop, tax]) each.onExplain(() => bound);
    const created = await api.create({ draft, selector: { service: 'tax' } });
    const everywhere = await api.create({ draft });
    expect(created.matching).toBe(1);
    expect(await tax.waitForProbes((probes) => probes.length === 2)).toHaveLength(2);
    expect(await shop.waitForProbes((probes) => probes.length === 1)).toEqual([everywhere.record.probe]);
  });

  it('passes on what agents explain, and names those that are silent', async () => {
    const [answers, silent] = [await agent('answers'), await agent('silent')];
    answers.onExplain((command) => ({ ...bound, names: [command.location.file] }));
    const body = JSON.stringify({ location: draft.location });
    const response = await api.fetch('/api/v1/explain', { method: 'POST', body });
    expect(await response.json()).toEqual({
      explanations: [{ agentId: answers.agentId, service: 'answers', explanation: { ...bound, names: ['a.ts'] } }],
      silent: [silent.agentId],
      matching: 2,
    });
  });

  it('refuses a probe that its agents refuse, with their reasons, and places nothing', async () => {
    const shop = await agent('shop');
    const noCode = {
      code: 'location.no-code',
      message: 'there is no code on line 3',
      field: 'location',
      nearestLines: [2, 5],
    } as const;
    const ambiguous = {
      code: 'location.file-ambiguous',
      message: 'two files',
      candidates: ['x/a.ts', 'y/a.ts'],
    } as const;
    const syntax = {
      code: 'expression.syntax',
      message: 'no',
      field: 'condition',
      range: { start: 1, end: 2 },
    } as const;
    for (const problem of [noCode, ambiguous, syntax]) {
      shop.onExplain(() => ({ ...bound, outcome: 'refused', problems: [problem, syntax] }));
      const problems = problem === syntax ? [syntax] : [problem, syntax];
      expect(await refused({ draft })).toMatchObject({
        status: 422,
        code: problem.code,
        detail: problem.message,
        problems,
      });
    }
    expect(await (await api.fetch('/api/v1/probes')).json()).toEqual({ probes: [] });
    expect(shop.probes()).toEqual([]);
  });

  it('completes a probe with its last stored hit and takes it from the agents', async () => {
    const shop = await agent('shop');
    shop.onExplain(() => bound);
    const { record } = await api.create({ draft, limits: { maxHits: 2 } });
    await shop.waitForProbes((probes) => probes.length === 1);
    await shop.send([logEvent(record.probe.id, 'one')]);
    expect(await api.probe(record.probe.id)).toMatchObject({ state: 'active', hits: 1 });
    await shop.send([logEvent(record.probe.id, 'two')]);
    expect(await api.probe(record.probe.id)).toMatchObject({ state: 'completed', hits: 2 });
    await shop.waitForProbes((probes) => probes.length === 0);
  });

  it('stops in the midst of everything, cleanly', async () => {
    const shop = await agent('shop');
    shop.onExplain(() => bound);
    const tail = await api.fetch('/api/v1/events/tail');
    const asked = api.create({ draft });
    const events = Array.from({ length: 500 }, (_, index) => logEvent('p_00000001', `${index}`, index + 1));
    const sent = shop.send(events);
    await Promise.all([sent, asked]);
    await server.stop();
    // The tail was ended, not cut.
    expect(await tail.text()).toContain('event: event');
    server = await startServer({ data, port: 0 });
    api = new AdminApi(server.url, readFileSync(server.adminTokenFile, 'utf8').trim());
    expect(await api.events()).toHaveLength(500);
  });
});
