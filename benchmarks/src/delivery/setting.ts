import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type ApiClient, createApiClient } from '@sonde/api-client';
import { probeLine } from '../../../testing/src/probe-marker.ts';
import { ServerProcess } from '../../../testing/src/server/server-process.ts';
import { agentArguments, agentEnvironment } from '../agent-under-test.ts';
import { TargetProcess } from '../target-process.ts';

const targetFolder = fileURLToPath(new URL('../../targets/delivery/', import.meta.url));
const script = join(targetFolder, 'program.mjs');
const connectMs = 30_000;
const pollMs = 20;

/** A real server, a real agent in a program that runs one line every millisecond, and a client. */
export interface Setting {
  readonly client: ApiClient;
  readonly target: TargetProcess;
  readonly location: { readonly file: string; readonly line: number };
  stop(): Promise<void>;
}

export async function startSetting(node: string): Promise<Setting> {
  const data = await mkdtemp(join(tmpdir(), 'sonde-bench-'));
  const server = new ServerProcess(join(data, 'server'));
  let target: TargetProcess | undefined;
  const stop = async () => {
    target?.kill();
    await server.end('SIGTERM');
    await rm(data, { recursive: true, force: true });
  };
  try {
    await server.start();
    target = await TargetProcess.start({
      node,
      execArgv: agentArguments,
      script,
      cwd: targetFolder,
      env: agentEnvironment(server.url, server.agentToken, targetFolder),
    });
    const client = createApiClient({ url: server.url, token: server.adminToken });
    const location = { file: 'program.mjs', line: probeLine(script, 'answer') };
    await untilConnected(client, location);
    return { client, target, location, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Until the agent answers; the API has no event for that. */
async function untilConnected(client: ApiClient, location: Setting['location']): Promise<void> {
  const endMs = performance.now() + connectMs;
  while (performance.now() < endMs) {
    const { explanations } = await client.explain({ body: { location } });
    if (explanations.length > 0) return;
    await pause(pollMs);
  }
  throw new Error(`no agent has connected within ${connectMs} ms`);
}
