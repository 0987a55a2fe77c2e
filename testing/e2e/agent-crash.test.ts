import type { AgentList, CreateProbeResponse, ProbeRecord } from '@sonde/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { place, Stage } from './stage.ts';

describe('an agent whose process is killed', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = new Stage();
    await stage.up();
  });
  afterAll(() => stage[Symbol.asyncDispose]());

  it('is gone within the session timeout, what it sent stays, and the server serves the others', async () => {
    const stays = await stage.program({ service: 'stays', node: 22 });
    const dies = await stage.program({ service: 'dies', node: 26 });
    const log = await stage.json<CreateProbeResponse>('log', place('taken'), 'n {count}', '--on', 'service=dies');
    const probeId = log.record.probe.id;
    const events = async () => (await stage.api.events()).filter(({ event }) => event.probeId === probeId);
    await stage.until(async () => (await events()).length > 10);

    process.kill(dies.pid, 'SIGKILL');
    // `sonde run` ends as its program did.
    expect(await dies.run.ended()).toMatchObject({ code: null, signal: 'SIGKILL' });
    await stage.until(async () => (await stage.api.agents()).length === 1);
    const { agents } = await stage.json<AgentList>('agents');
    expect(agents.map(({ pid }) => pid)).toEqual([stays.pid]);

    const { record } = await stage.json<{ readonly record: ProbeRecord }>('show', probeId);
    expect(record.state).toBe('active');
    expect((await stage.sonde('show', probeId)).stdout).toMatch(/gone, (installed|emitting) until then/);
    expect((await stage.sonde('probes')).stdout).toContain('1 gone');
    expect(record.hits).toBe((await events()).length);
    // Nobody who is there is asked for one who is not.
    const none = await stage.json<CreateProbeResponse>('snapshot', place('taken'), '--on', 'service=dies');
    expect(none).toMatchObject({ matching: 0, explanations: [], silent: [] });
    const lines = await stage.sonde('snapshot', place('taken'), '--on', 'service=stays', '--wait', '--json');
    expect(lines.code).toBe(0);
    expect((await stage.sonde('rm', '--all')).code).toBe(0);
  }, 60_000);

  it('that comes again under the same name gets the probes that are active', async () => {
    const first = await stage.program({ service: 'again' });
    const log = await stage.json<CreateProbeResponse>('log', place('taken'), 'n {count}', '--on', 'service=again');
    process.kill(first.pid, 'SIGKILL');
    await first.run.ended();
    const second = await stage.program({ service: 'again' });
    const reports = async () => (await stage.api.probe(log.record.probe.id)).reports;
    const agents = await stage.api.agents();
    const agentId = agents.find(({ pid }) => pid === second.pid)?.id;
    await stage.until(async () =>
      (await reports()).some((report) => report.agentId === agentId && report.report.status === 'emitting'),
    );
  }, 60_000);
});
