import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { agentEntries, bundle } from '../../../agents/node/build.ts';

export interface AgentBuild {
  /** The option of Node that starts the agent. */
  readonly option: string;
  readonly remove: () => void;
}

/** The agent as its sources are now, in a folder of its own: what is tested is never an older build. */
export async function buildAgent(): Promise<AgentBuild> {
  const folder = mkdtempSync(join(tmpdir(), 'sonde-conformance-'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  await bundle(agentEntries, fileURLToPath(new URL('../../../agents/node/', import.meta.url)), folder);
  return {
    option: `--import=${pathToFileURL(join(folder, 'register.js')).href}`,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
