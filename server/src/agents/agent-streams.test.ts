import type { Command, Probe } from '@sonde/protocol';
import { defaultCaptureLimits } from '@sonde/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../fake-clock.ts';
import { countingIds } from '../test-support/counting-ids.ts';
import { FakeStream } from '../test-support/fake-stream.ts';
import { sessionRequest } from '../test-support/sample-session.ts';
import { AgentAsks } from './agent-asks.ts';
import { AgentService } from './agent-service.ts';
import { AgentStreams } from './agent-streams.ts';

function probe(number: number): Probe {
  const limits = { maxHits: 1, maxHitsPerSecond: 1, capture: defaultCaptureLimits };
  const location = { file: 'a.ts', line: number };
  return { kind: 'snapshot', id: `p_0000000${number}`, version: 1, location, watches: [], limits, expiresAtMs: 1 };
}

const location = { file: 'a.ts', line: 1 };

describe('commands streams', () => {
  let clock: FakeClock;
  let agents: AgentService;
  let streams: AgentStreams;
  let asks: AgentAsks;
  let desired: { revision: number; probes: Probe[] };

  beforeEach(() => {
    clock = new FakeClock();
    const newId = countingIds();
    agents = new AgentService({ clock, newId, times: { heartbeatMs: 5_000, sessionTimeoutMs: 15_000 } });
    desired = { revision: 7, probes: [] };
    const source = {
      get revision() {
        return desired.revision;
      },
      probesFor: () => [...desired.probes],
    };
    streams = new AgentStreams(agents, source, clock);
    asks = new AgentAsks({ agents, streams, clock, newId });
  });

  function connect(instance = 'instance-0001') {
    const session = agents.open(sessionRequest({ instance }));
    const stream = new FakeStream<Command>();
    streams.connect(session, stream);
    return { session, stream };
  }

  function explains(stream: FakeStream<Command>) {
    return stream.messages.flatMap((message) => (message.kind === 'explain' ? [message] : []));
  }

  const bound = { outcome: 'bound', bindings: [], gear: 'none', names: [], problems: [] } as const;

  it('begin with the whole set and its revision', () => {
    desired.probes = [probe(1)];
    expect(connect().stream.messages).toEqual([{ kind: 'probes', revision: 7, probes: [probe(1)] }]);
  });

  it('send the whole set on each change, many changes as few, none for nothing', () => {
    const { stream } = connect();
    for (let number = 1; number <= 9; number += 1) {
      desired.probes.push(probe(number));
      streams.refresh();
    }
    clock.advance(1_000);
    const sizes = stream.messages.map((message) => message.kind === 'probes' && message.probes.length);
    expect(sizes).toEqual([0, 1, 9]);
    streams.refresh();
    clock.advance(1_000);
    expect(stream.messages).toHaveLength(3);
  });

  it('queue nothing for a reader that is behind, and send it the latest set when it has caught up', async () => {
    const { stream } = connect();
    stream.full = true;
    for (let number = 1; number <= 5; number += 1) {
      desired.probes = [probe(number)];
      streams.refresh();
      clock.advance(100);
    }
    expect(stream.messages).toHaveLength(1);
    stream.full = false;
    await stream.until(() => stream.sent.length === 2);
    expect(stream.messages[1]).toMatchObject({ probes: [{ id: 'p_00000005' }] });
  });

  it('are one a session: a second one takes over without the agent leaving', () => {
    const { session, stream } = connect();
    const second = new FakeStream<Command>();
    streams.connect(session, second);
    expect(stream.closed).toBe(true);
    agents.heard(session.id, undefined);
    clock.advance(14_000);
    expect(agents.list()).toHaveLength(1);
    expect(streams.send(session.id, { kind: 'detach' })).toBe(true);
    expect(second.messages).toHaveLength(2);
  });

  it('close with their session, and a closed one makes the session end soon', () => {
    const one = connect('instance-0001');
    agents.end(one.session.id);
    expect(one.stream.closed).toBe(true);
    const two = connect('instance-0002');
    two.stream.close();
    clock.advance(7_500);
    expect(agents.list()).toHaveLength(0);
  });

  it('carry questions, and answers come back to who asked', async () => {
    const { session, stream } = connect();
    const answer = asks.explain({}, location, undefined);
    const [ask] = explains(stream);
    expect(ask).toMatchObject({ location });
    asks.answer('s_other000', ask?.askId ?? '', { ...bound, outcome: 'refused' });
    asks.answer(session.id, ask?.askId ?? '', bound);
    asks.answer(session.id, ask?.askId ?? '', { ...bound, outcome: 'pending' });
    const explanations = [{ agentId: session.agentId, service: 'shop', explanation: bound }];
    expect(await answer).toEqual({ explanations, silent: [], matching: 1 });
  });

  it('wait for an answer a bounded time', async () => {
    const { session } = connect();
    const answer = asks.explain({}, location, undefined);
    clock.advance(1_500);
    expect(await answer).toEqual({ explanations: [], silent: [session.agentId], matching: 1 });
  });

  it('do not wait for who is gone, has no stream or does not keep up', async () => {
    const gone = connect('instance-0001');
    const behind = connect('instance-0002');
    behind.stream.full = true;
    agents.open(sessionRequest({ instance: 'instance-0003' }));
    const answer = asks.explain({}, location, undefined);
    agents.end(gone.session.id);
    expect((await answer).silent).toHaveLength(3);
  });

  it('ask at most twenty of a fleet, at once', async () => {
    const fleet = Array.from({ length: 30 }, (_, index) => connect(`instance-${1_000 + index}`));
    const answer = asks.explain({}, location, undefined);
    expect(fleet.filter(({ stream }) => explains(stream).length > 0)).toHaveLength(20);
    clock.advance(1_500);
    expect(await answer).toMatchObject({ matching: 30, silent: { length: 20 } });
  });
});
