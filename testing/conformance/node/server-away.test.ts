import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type FakeServer, startFakeServer } from '../../src/fake-server.ts';
import { Scene } from '../scene.ts';
import { type AgentBuild, buildAgent } from './agent-build.ts';
import { nodeFormats } from './node-formats.ts';
import { runProgram } from './run-program.ts';
import { startNodeTarget } from './start-node-target.ts';

const commonjs = nodeFormats[0] as (typeof nodeFormats)[number];

let agent: AgentBuild;
let server: FakeServer;

beforeAll(async () => {
  agent = await buildAgent();
});
afterAll(() => agent.remove());
beforeEach(async () => {
  server = await startFakeServer();
});
afterEach(async () => {
  await server.stop();
  expect(server.takeViolations()).toEqual([]);
});

const unharmed = { code: 0, signal: null, stderr: '' };

it('a program runs and ends without its server', async () => {
  await server.stop();
  const env = { SONDE_URL: server.url, SONDE_TOKEN: server.token };
  const bare = { file: 'ordinary.mjs', major: 24 };
  expect(await runProgram({ ...bare, options: [agent.option], env })).toEqual(await runProgram(bare));
});

it('an agent finds a server that comes later, and probes stand', async () => {
  await server.stop();
  const scene = new Scene(server, startNodeTarget(commonjs, 24, agent, server));
  await scene.target.call('checkout', 'o-1', 1);
  await server.restart();
  await server.waitForSession();
  const probe = await scene.log('gross', 'seen');
  await scene.target.call('checkout', 'o-1', 1);
  await scene.arrived(probe, 1);
  expect(await scene.target.end()).toMatchObject(unharmed);
});

it('under probes whose server has gone the program goes on, and what they saw arrives when it is back', async () => {
  const scene = new Scene(server, startNodeTarget(commonjs, 24, agent, server));
  await server.waitForSession();
  await scene.target.call('checkout', 'o-1', 1);
  const probe = await scene.log('gross', '{order.total}');
  await server.stop();
  expect(await scene.target.call('checkout', 'o-1', 20)).toMatchObject({ gross: 22 });
  expect(await scene.target.call('checkoutMany', 100)).toBeGreaterThan(0);
  await server.restart();
  await scene.arrived(probe, 101, 20_000);
  expect(scene.messages(probe)).toEqual(['20', ...Array.from({ length: 100 }, (_, index) => String(index))]);
  expect(await scene.target.end()).toMatchObject(unharmed);
});

it('a program ends by itself under probes, whether its server is there, silent or gone', async () => {
  for (const away of [() => {}, () => server.pauseAcknowledging(), () => server.stop()]) {
    await server.stop();
    server.resumeAcknowledging();
    await server.restart();
    const sessions = server.sessions.length;
    const scene = new Scene(server, startNodeTarget(commonjs, 24, agent, server));
    await server.waitForSession(sessions);
    await scene.target.call('checkout', 'o-1', 1);
    await scene.log('gross', 'seen');
    await scene.snapshot('gross', { watches: ['order.getId()'] });
    await away();
    await scene.target.call('checkout', 'o-1', 20);
    expect(await scene.target.end()).toMatchObject(unharmed);
    server.setProbes([]);
  }
});

it('the kill switch takes every probe off at once', async () => {
  const scene = new Scene(server, startNodeTarget(commonjs, 24, agent, server));
  await server.waitForSession();
  await scene.target.call('checkout', 'o-1', 1);
  const probe = await scene.log('gross', 'seen');
  await scene.target.call('checkout', 'o-1', 1);
  await scene.arrived(probe, 1);
  server.detach();
  await scene.settled();
  await scene.target.call('checkout', 'o-1', 1);
  expect(await scene.target.end()).toMatchObject(unharmed);
  expect(scene.logs(probe).length).toBe(1);
});
