import type { SessionRequest } from '@sonde/protocol';

/** What an agent says of itself, for tests. */
export function sessionRequest(more: Partial<SessionRequest> = {}): SessionRequest {
  return {
    instance: 'instance-0001',
    runtime: 'node',
    runtimeVersion: '24.0.0',
    agentVersion: '0.1.0',
    service: 'shop',
    host: 'box',
    pid: 42,
    thread: 'main',
    root: '/app',
    startedAtMs: 1_700_000_000_000,
    tags: {},
    ...more,
  };
}
