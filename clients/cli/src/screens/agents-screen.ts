import type { AgentRecord } from '@sonde/protocol';
import { printable } from '../output/printable.ts';
import { table } from '../output/table.ts';
import type { View } from '../output/view.ts';
import { lasting } from '../output/wording.ts';

const titles = ['SERVICE', 'AGENT', 'RUNTIME', 'HOST', 'PID', 'SINCE', 'LOOP DELAY', 'OVERHEAD', 'TAGS'];

/** Where agents also stand as tags by themselves, repeating them would hide the user's own. */
const ownTags = new Set(['service', 'host', 'pid', 'runtime', 'agent', 'thread']);

export function agentsScreen(agents: readonly AgentRecord[], { paint, nowMs }: View): readonly string[] {
  if (agents.length === 0)
    return ['No agent is connected.', paint('gray', 'Start a program with one: sonde run -- node app.js')];
  return table(
    titles,
    agents.map((agent) => [
      paint('bold', printable(agent.service)),
      agent.id,
      `${agent.runtime} ${printable(agent.runtimeVersion).replace(/^v/, '')}`,
      printable(agent.host),
      `${agent.pid}${agent.thread === 'main' ? '' : ` ${printable(agent.thread)}`}`,
      lasting(nowMs - agent.connectedAtMs),
      agent.health ? `${agent.health.eventLoopDelayMs.toFixed(1)} ms` : '-',
      agent.health ? `${(agent.health.agentCpuShare * 100).toFixed(2)} %` : '-',
      tagsText(agent),
    ]),
    paint,
  );
}

function tagsText({ tags }: AgentRecord): string {
  return Object.entries(tags)
    .filter(([key]) => !ownTags.has(key))
    .map(([key, value]) => printable(`${key}=${value}`))
    .join(' ');
}
