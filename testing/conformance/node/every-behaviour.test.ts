import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FakeServer, startFakeServer } from '../../src/fake-server.ts';
import { allBehaviours } from '../all-behaviours.ts';
import { Scene } from '../scene.ts';
import { type AgentBuild, buildAgent } from './agent-build.ts';
import { installDependency } from './dependency-of-the-target.ts';
import { nodeFormats } from './node-formats.ts';
import { startNodeTarget } from './start-node-target.ts';

const format = nodeFormats.find(({ folder }) => folder === 'modules');

let agent: AgentBuild;
let server: FakeServer;
let scene: Scene;

beforeAll(async () => {
  installDependency();
  agent = await buildAgent();
  server = await startFakeServer();
  if (!format) throw new Error('no format has ES modules');
  scene = new Scene(server, startNodeTarget(format, 24, agent, server));
  await server.waitForSession();
  await scene.target.call('checkout', 'o-0', 1);
});
afterAll(async () => {
  const end = await scene.target.end();
  await server.stop();
  agent.remove();
  expect(end).toMatchObject({ code: 0, signal: null, stderr: '' });
  expect(server.takeViolations()).toEqual([]);
});

it.each(allBehaviours)('$name', { timeout: 60_000 }, async ({ check }) => {
  try {
    await check(scene);
  } finally {
    await scene.remove();
  }
});
