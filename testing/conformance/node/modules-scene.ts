import { startFakeServer } from '../../src/fake-server.ts';
import { Scene } from '../scene.ts';
import type { ProcessEnd } from '../target.ts';
import type { AgentBuild } from './agent-build.ts';
import { installDependency } from './dependency-of-the-target.ts';
import { nodeFormats } from './node-formats.ts';
import { startNodeTarget } from './start-node-target.ts';

/** The program of ES modules, which has more functions than the others, once all of it is loaded. */
export async function openModulesScene(major: number, agent: AgentBuild): Promise<Scene> {
  const format = nodeFormats.find(({ folder }) => folder === 'modules');
  if (!format) throw new Error('no format has the folder modules');
  installDependency();
  const server = await startFakeServer();
  const scene = new Scene(server, startNodeTarget(format, major, agent, server));
  await server.waitForSession();
  await scene.target.call('checkout', 'o-0', 1);
  return scene;
}

/** Ends program and server; what every test of them expects in the end is for the caller to look at. */
export async function closeScene(scene: Scene): Promise<{ end: ProcessEnd; violations: readonly string[] }> {
  const end = await scene.target.end();
  await scene.server.stop();
  return { end, violations: scene.server.takeViolations() };
}
