import { isMainThread, threadId } from 'node:worker_threads';
import { type Agent, startAgent } from './agent.ts';
import { type AgentOptions, agentOptions } from './agent-options.ts';

export type { Agent } from './agent.ts';
export type { AgentOptions } from './agent-options.ts';

/** One agent a thread, however often and by whatever copy of this package it is enabled. */
const enabledKey = Symbol.for('sonde.agent');

/**
 * Starts the agent with what the environment says (`SONDE_URL`, `SONDE_TOKEN`, …) and these options on top. To be
 * called before the modules that are to be probed are loaded. Never throws; returns nothing when the agent is off,
 * already on, or cannot start.
 */
export function enable(options: Partial<AgentOptions> = {}): Agent | undefined {
  const holder = globalThis as { [enabledKey]?: Agent };
  if (Object.hasOwn(holder, enabledKey)) return undefined;
  try {
    const thread = isMainThread ? 'main' : `worker-${threadId}`;
    const read = agentOptions(process.env, { cwd: process.cwd(), script: process.argv[1], thread }, options);
    if (!read) return undefined;
    const { token, ...chosen } = read;
    if (token === undefined) {
      if (chosen.debug) process.stderr.write('sonde: there is no token, so the agent is off; see SONDE_TOKEN\n');
      return undefined;
    }
    const agent = startAgent({ ...chosen, token });
    Object.defineProperty(globalThis, enabledKey, { value: agent });
    return agent;
  } catch (error) {
    // The application starts, whatever is wrong with us.
    process.stderr.write(
      `sonde: the agent could not start: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    return undefined;
  }
}
