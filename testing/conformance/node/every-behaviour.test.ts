import { afterAll, beforeAll, expect, it } from 'vitest';
import { allBehaviours } from '../all-behaviours.ts';
import type { Scene } from '../scene.ts';
import { type AgentBuild, buildAgent } from './agent-build.ts';
import { closeScene, openModulesScene } from './modules-scene.ts';

let agent: AgentBuild;
let scene: Scene;

beforeAll(async () => {
  agent = await buildAgent();
  scene = await openModulesScene(24, agent);
});
afterAll(async () => {
  const { end, violations } = await closeScene(scene);
  agent.remove();
  expect(end).toMatchObject({ code: 0, signal: null, stderr: '' });
  expect(violations).toEqual([]);
});

it.each(allBehaviours)('$name', { timeout: 60_000 }, async ({ check }) => {
  try {
    await check(scene);
  } finally {
    await scene.remove();
  }
});
