import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FakeServer } from '../../src/fake-server.ts';
import { runtimePath } from '../../src/node-runtimes.ts';
import { startDrivenTarget } from '../driven-target.ts';
import type { Target } from '../target.ts';
import type { AgentBuild } from './agent-build.ts';
import { javascriptDialect } from './javascript-dialect.ts';
import type { NodeFormat } from './node-formats.ts';

export const testTargets = fileURLToPath(new URL('test-targets/', import.meta.url));

/** Starts the program of a format on that Node, under the agent, for this server. */
export function startNodeTarget(format: NodeFormat, major: number, agent: AgentBuild, server: FakeServer): Target {
  return startDrivenTarget({
    start: {
      command: runtimePath(major),
      args: [agent.option, ...format.options, format.app],
      cwd: join(testTargets, format.folder),
      env: { SONDE_URL: server.url, SONDE_TOKEN: server.token },
    },
    dialect: javascriptDialect(format.file),
    extension: extname(format.file),
  });
}
