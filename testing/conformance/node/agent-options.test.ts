import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type FakeServer, startFakeServer } from '../../src/fake-server.ts';
import { Scene } from '../scene.ts';
import type { Target } from '../target.ts';
import { type AgentBuild, buildAgent } from './agent-build.ts';
import { javascriptDialect } from './javascript-dialect.ts';
import { draftsOnWork, placeOf, runProgram, runUnderProbes, startProgram } from './run-program.ts';

let agent: AgentBuild;
let server: FakeServer;
let home: string;

beforeAll(async () => {
  agent = await buildAgent();
  home = mkdtempSync(join(tmpdir(), 'sonde-home-'));
});
afterAll(() => {
  agent.remove();
  rmSync(home, { recursive: true });
});
beforeEach(async () => {
  server = await startFakeServer();
});
afterEach(async () => {
  await server.stop();
  expect(server.takeViolations()).toEqual([]);
});

const ordinary = { file: 'ordinary.mjs', major: 24 };

it.each([
  ['it is disabled', () => ({ SONDE_URL: server.url, SONDE_TOKEN: server.token, SONDE_DISABLED: '1' })],
  ['there is no token', () => ({ SONDE_URL: server.url, SONDE_DATA: home })],
])('the agent is not there when %s', async (_, env) => {
  const plain = await runProgram(ordinary);
  expect(await runProgram({ ...ordinary, options: [agent.option], env: env() })).toEqual(plain);
  expect(server.received).toEqual([]);
});

it('a URL that is none changes nothing', async () => {
  const env = { SONDE_URL: 'not a url', SONDE_TOKEN: 'x' };
  expect(await runProgram({ ...ordinary, options: [agent.option], env })).toEqual(await runProgram(ordinary));
});

it('an agent that is loaded twice is one', async () => {
  const run = { ...ordinary, options: [agent.option, agent.option] };
  const { end, server: own, probes, scene } = await runUnderProbes(run, draftsOnWork);
  expect(end).toEqual(await runProgram(ordinary));
  expect(own.sessions.length).toBe(1);
  for (const probe of probes) {
    const { counters } = scene.lastReport(probe) ?? {};
    expect(counters?.reached).toBe(2);
  }
});

it('through NODE_OPTIONS it is in child processes, too, and shows in none of them', async () => {
  const bare = { file: 'children.mjs', major: 24 };
  const plain = startProgram(bare);
  plain.write('go\ngo\n');
  const env = { NODE_OPTIONS: agent.option, SONDE_URL: server.url, SONDE_TOKEN: server.token };
  const program = startProgram({ ...bare, env });
  await server.waitForSession();
  program.write('go\n');
  const pids = () => new Set(server.sessions.map(({ request }) => request.pid));
  await server.waitUntil(() => pids().size >= 2);
  program.write('go\n');
  expect(await program.ended()).toEqual(await plain.ended());
  expect(pids()).toContain(program.pid);
});

it('a thread of the application is an agent of its own, and probes see its hits', async () => {
  const env = { SONDE_URL: server.url, SONDE_TOKEN: server.token };
  const program = startProgram({ file: 'threads.mjs', major: 24, options: [agent.option], env });
  const scene = new Scene(server, { dialect: javascriptDialect('work.cjs') } as Target);
  await server.waitForSession(1);
  const location = placeOf('hit', 'work.cjs');
  const probe = scene.desire({ kind: 'log', location, template: '{order.total}', level: 'info' });
  const standing = () =>
    server.statuses().filter(({ probeId, status }) => probeId === probe.id && status === 'installed');
  await server.waitUntil(() => standing().length >= 2);
  program.write('go\n');
  expect((await program.ended()).code).toBe(0);
  const hits = scene.logs(probe).map(({ thread, message }) => `${thread.replace(/\d+/, 'N')} ${message}`);
  expect(hits).toContain('main 2');
  expect(hits).toContain('worker-N 5');
  expect(server.sessions.map(({ request }) => request.thread)).toContain('main');
});

it('where the global object is frozen, a probe says that it cannot stand, and nothing else happens', async () => {
  const run = { file: 'frozen-global.mjs', major: 24 };
  const program = startProgram({
    ...run,
    options: [agent.option],
    env: { SONDE_URL: server.url, SONDE_TOKEN: server.token },
  });
  const scene = new Scene(server, { dialect: javascriptDialect('work.cjs') } as Target);
  await server.waitForSession();
  const placed = scene.place(draftsOnWork[0] as never, { until: 'error' });
  const { problem } = await scene.status(await placed, 'error');
  program.write('go\n');
  expect(await program.ended()).toEqual(await runProgram(run));
  expect(problem?.code).toBe('location.unreachable');
});

it('a clock that the application has stopped holds nothing up at the exit, even if the server does not answer', async () => {
  const run = { file: 'fake-clock-at-exit.mjs', major: 24 };
  const plain = await runProgram(run);
  const env = { SONDE_URL: server.url, SONDE_TOKEN: server.token };
  const end = runProgram({ ...run, options: [agent.option], env }, async () => {
    await server.waitForSession();
    server.setProbes([]);
    server.pauseAcknowledging();
    const scene = new Scene(server, { dialect: javascriptDialect('work.cjs') } as Target);
    scene.desire({ kind: 'log', location: placeOf('hit', 'work.cjs'), template: 'hit', level: 'info' });
    await scene.settled();
  });
  expect(await end).toEqual(plain);
});

it('broken built-in functions do not make what runs from time to time throw into the application', async () => {
  const run = { file: 'patched-for-a-while.mjs', major: 24 };
  const { end } = await runUnderProbes({ ...run, options: [agent.option] }, draftsOnWork);
  expect(end).toEqual(await runProgram(run));
});
