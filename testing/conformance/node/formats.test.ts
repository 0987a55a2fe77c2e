import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeServer, startFakeServer } from '../../src/fake-server.ts';
import { supportedMajors } from '../../src/node-runtimes.ts';
import { coreBehaviours } from '../all-behaviours.ts';
import { Scene } from '../scene.ts';
import { type AgentBuild, buildAgent } from './agent-build.ts';
import { nodeFormats } from './node-formats.ts';
import { startNodeTarget } from './start-node-target.ts';

let agent: AgentBuild;

beforeAll(async () => {
  agent = await buildAgent();
});
afterAll(() => agent.remove());

const combinations = supportedMajors().flatMap((major) =>
  nodeFormats.filter(({ since }) => major >= since).map((format) => ({ major, format, name: format.name })),
);

describe.each(combinations)('Node $major, $name', ({ major, format }) => {
  let server: FakeServer;
  let scene: Scene;

  beforeAll(async () => {
    server = await startFakeServer();
    scene = new Scene(server, startNodeTarget(format, major, agent, server));
    await server.waitForSession();
  });
  afterAll(async () => {
    const end = await scene.target.end();
    await server.stop();
    expect(end).toMatchObject({ code: 0, signal: null, stderr: '' });
    expect(server.takeViolations()).toEqual([]);
  });

  it.each(coreBehaviours)('$name', async ({ check }) => {
    await check(scene);
    await scene.remove();
  });
});
