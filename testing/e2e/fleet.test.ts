import type { CreateProbeResponse, ExplainResponse, StoredEvent } from '@sonde/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { place, Stage } from './stage.ts';

describe('several processes of the same program', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = new Stage();
    await stage.up();
    await Promise.all([
      stage.program({ service: 'orders', tag: 'zone=a', node: 20 }),
      stage.program({ service: 'orders', tag: 'zone=b', node: 22 }),
      stage.program({ service: 'returns', tag: 'zone=a', node: 26 }),
    ]);
  }, 60_000);
  afterAll(() => stage[Symbol.asyncDispose]());

  /** The services and zones of the agents that sent something, once `count` of them have. */
  async function senders(created: CreateProbeResponse, count: number): Promise<readonly string[]> {
    const zones = new Map(
      (await stage.api.agents()).map(({ id, service, tags }) => [id, `${service}/${tags['zone']}`]),
    );
    let found: readonly string[] = [];
    await stage.until(async () => {
      const events = (await stage.api.events()).filter(({ event }) => event.probeId === created.record.probe.id);
      found = [...new Set(events.map(({ agentId }: StoredEvent) => zones.get(agentId) ?? agentId))].sort();
      return found.length >= count;
    });
    return found;
  }

  it('all bind a probe, and their events keep apart who sent them', async () => {
    const created = await stage.json<CreateProbeResponse>('log', place('taken'), 'n {count}');
    expect(created.matching).toBe(3);
    expect(created.explanations.map(({ explanation }) => explanation.outcome)).toEqual(['bound', 'bound', 'bound']);
    expect(await senders(created, 3)).toEqual(['orders/a', 'orders/b', 'returns/a']);
    await stage.json('rm', '--all');
  });

  it.each([
    [
      ['--on', 'service=orders'],
      ['orders/a', 'orders/b'],
    ],
    [
      ['--on', 'zone=a'],
      ['orders/a', 'returns/a'],
    ],
    [['--on', 'zone=a', '--on', 'service=returns'], ['returns/a']],
  ])('only those that match %j get a probe', async (selector, expected) => {
    const created = await stage.json<CreateProbeResponse>('log', place('taken'), 'n {count}', ...selector);
    expect(created.matching).toBe(expected.length);
    expect(await senders(created, expected.length)).toEqual(expected);
    const { reports } = await stage.api.probe(created.record.probe.id);
    expect(reports).toHaveLength(expected.length);
    await stage.json('rm', '--all');
  });

  it('each answer for themselves when asked', async () => {
    const answer = await stage.json<ExplainResponse>('explain', place('taken'), '--on', 'zone=a');
    expect(answer.explanations.map(({ service }) => service).sort()).toEqual(['orders', 'returns']);
    for (const { explanation } of answer.explanations) {
      expect(explanation.bindings).toMatchObject([{ file: 'orders.mjs', mechanism: 'guard' }]);
      expect(explanation.names).toEqual(expect.arrayContaining(['order', 'account', 'count']));
    }
  });

  it('a probe for nobody waits, and binds when one comes that matches', async () => {
    const before = await stage.json<CreateProbeResponse>('snapshot', place('taken'), '--on', 'service=late');
    expect(before).toMatchObject({ matching: 0, explanations: [] });
    const probeId = before.record.probe.id;
    expect((await stage.sonde('show', probeId)).stdout).toContain('No agent has reported on it.');
    await stage.program({ service: 'late' });
    await stage.until(async () => (await stage.api.probe(probeId)).state === 'completed');
    const [event] = (await stage.api.events()).filter((stored) => stored.event.probeId === probeId);
    expect(event?.service).toBe('late');
  });
});
