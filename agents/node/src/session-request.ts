import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { SessionRequest } from '@sonde/protocol/agent';
import type { AgentOptions } from './agent-options.ts';

/** The version of this package, put in by the build. */
declare const SONDE_AGENT_VERSION: string;

/** What this process says of itself. The instance is new for each process and thread, so two never share a queue. */
export function describeProcess(options: AgentOptions, nowMs: number): SessionRequest {
  return {
    instance: randomUUID(),
    runtime: 'node',
    runtimeVersion: process.version,
    agentVersion: SONDE_AGENT_VERSION,
    service: options.service,
    host: hostname().slice(0, 300),
    pid: process.pid,
    thread: options.thread,
    root: options.root.slice(0, 4_096),
    startedAtMs: Math.round(nowMs - process.uptime() * 1_000),
    ...(options.commit && { commit: options.commit.slice(0, 100) }),
    tags: options.tags,
  };
}
