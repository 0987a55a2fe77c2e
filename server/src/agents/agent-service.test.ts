import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../fake-clock.ts';
import { countingIds } from '../test-support/counting-ids.ts';
import { sessionRequest } from '../test-support/sample-session.ts';
import { health } from '../test-support/sample-telemetry.ts';
import { AgentService } from './agent-service.ts';
import { recordOf } from './agent-session.ts';

const times = { heartbeatMs: 5_000, sessionTimeoutMs: 15_000 };

describe('agents', () => {
  let clock: FakeClock;
  let agents: AgentService;

  beforeEach(() => {
    clock = new FakeClock(1_000);
    agents = new AgentService({ clock, newId: countingIds(), times });
  });

  it('keep their id over sessions, and a new session ends the one before', () => {
    const first = agents.open(sessionRequest());
    const second = agents.open(sessionRequest());
    expect(second.agentId).toBe(first.agentId);
    expect(first.agentId).toMatch(/^a_[0-9a-z]{25}$/);
    expect(() => agents.require(first.id)).toThrow(expect.objectContaining({ code: 'session.unknown' }));
    expect(agents.list()).toHaveLength(1);
    expect(agents.open(sessionRequest({ instance: 'instance-0002' })).agentId).not.toBe(first.agentId);
  });

  it('carry built-in tags, which win over sent ones', () => {
    const session = agents.open(sessionRequest({ tags: { env: 'prod', service: 'other' } }));
    expect({ ...session.tags }).toEqual({
      env: 'prod',
      service: 'shop',
      host: 'box',
      pid: '42',
      runtime: 'node',
      agent: session.agentId,
      thread: 'main',
    });
    expect(recordOf(session).tags).toEqual(session.tags);
    expect(agents.matching({ service: 'shop', env: 'prod' })).toHaveLength(1);
    expect(agents.matching({ service: 'other' })).toHaveLength(0);
    expect(agents.matching({})).toHaveLength(1);
  });

  it('stay as long as they are heard', () => {
    const { id } = agents.open(sessionRequest());
    agents.setStreaming(id, true);
    for (let beat = 0; beat < 20; beat += 1) {
      clock.advance(14_999);
      agents.heard(id, undefined);
    }
    expect(agents.list()).toHaveLength(1);
    clock.advance(14_999);
    expect(agents.list()).toHaveLength(1);
    clock.advance(1);
    expect(agents.list()).toHaveLength(0);
  });

  it('leave soon when their stream is cut, unless they are heard of', () => {
    const { id } = agents.open(sessionRequest());
    agents.setStreaming(id, true);
    agents.setStreaming(id, false);
    clock.advance(7_000);
    agents.heard(id, undefined);
    clock.advance(7_499);
    expect(agents.list()).toHaveLength(1);
    clock.advance(1);
    expect(agents.list()).toHaveLength(0);
  });

  it('never leave later than the session timeout, however long a heartbeat is', () => {
    agents = new AgentService({ clock, newId: countingIds(), times: { heartbeatMs: 60_000, sessionTimeoutMs: 1_000 } });
    agents.open(sessionRequest());
    clock.advance(1_000);
    expect(agents.list()).toHaveLength(0);
  });

  it('show the health they sent last', () => {
    const { id } = agents.open(sessionRequest());
    agents.heard(id, health);
    clock.advance(10);
    agents.heard(id, undefined);
    const [session] = agents.list();
    expect(session && recordOf(session)).toMatchObject({ health, connectedAtMs: 1_000, lastSeenAtMs: 1_010 });
  });

  it('tell of each leave once, and leave no timer behind', () => {
    const left: string[] = [];
    agents.onLeave((session) => left.push(session.id));
    const ids = ['one-00000', 'two-00000', 'three-000'].map((instance) => agents.open(sessionRequest({ instance })).id);
    agents.end(ids[0] ?? '');
    agents.end(ids[0] ?? '');
    clock.advance(15_000);
    expect(left).toEqual(ids);
    agents.open(sessionRequest());
    agents.stop();
    expect(clock.pending).toBe(0);
  });
});
