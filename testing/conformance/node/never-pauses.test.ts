import { afterAll, beforeAll, expect, it } from 'vitest';
import { probeLine } from '../../src/probe-marker.ts';
import type { Scene } from '../scene.ts';
import { type AgentBuild, buildAgent } from './agent-build.ts';
import { closeScene, openModulesScene } from './modules-scene.ts';
import { testTargets } from './start-node-target.ts';

let agent: AgentBuild;
let scene: Scene;

beforeAll(async () => {
  agent = await buildAgent();
  scene = await openModulesScene(24, agent);
});
afterAll(async () => {
  const { end } = await closeScene(scene);
  agent.remove();
  expect(end).toMatchObject({ code: 0, signal: null, stderr: '' });
});

interface Measured {
  readonly calls: number;
  readonly maxMs: number;
  readonly p99Ms: number;
  readonly pauses?: number;
}

/** Shorter than a pause for a person's look at a variable, and far longer than what a busy machine adds. */
const pauseMs = 1_500;

it('guard probes on a hot line hold the event loop up no longer than the program does without them', async () => {
  const measure = async (ms: number) => (await scene.target.call('longestPause', ms)) as Measured;
  const location = scene.target.at('gross');
  const without = await measure(700);
  await scene.log('gross', 'order {order.id} of {order.total}', { condition: 'order.total % 100 === 0' });
  await scene.snapshot('gross', { watches: ['order.getId()'] }, { limits: { maxHitsPerSecond: 20 } });
  const probe = await scene.log('gross', 'called {calculateTax(order)}', {}, { limits: { maxHitsPerSecond: 100 } });
  const under = await measure(700);
  const { counters } = await scene.report(probe, (report) => report.counters.captured > 0);
  expect(counters.reached).toBeGreaterThan(0);
  await scene.remove();
  // The control: the same line under a debugger that pauses shows what the measure would have seen.
  const paused = (await scene.target.call('pauseForReal', location.line, pauseMs)) as Measured;
  expect(paused.pauses).toBeGreaterThan(0);
  expect(paused.maxMs).toBeGreaterThan(pauseMs / 2);
  expect(under.maxMs, JSON.stringify({ without, under, paused })).toBeLessThan(pauseMs / 4 + without.maxMs);
});

it('V8 reports no pause while probes are hit, on guards or at breakpoints', async () => {
  const guard = await scene.snapshot('gross', { watches: ['order.getId()'] });
  const location = {
    file: 'node_modules/dependency-of-the-target/index.js',
    line: probeLine(`${testTargets}dependency/index.js`, 'dependency'),
  };
  const breakpoint = await scene.place({ kind: 'snapshot', location, watches: ['amount'] });
  expect(await scene.target.call('countPauses', 200)).toBe(0);
  await scene.arrived(guard, 1);
  await scene.arrived(breakpoint, 1);
});
