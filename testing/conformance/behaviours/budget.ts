import assert from 'node:assert/strict';
import type { Behaviour } from './behaviour.ts';

const spinMs = 300;

export const budgetBehaviours: readonly Behaviour[] = [
  {
    name: 'a probe that costs more than the budget leaves its line, and comes back',
    async check(scene) {
      const { target, dialect } = scene;
      const location = target.at('spin', 'hot');
      const draft = { kind: 'log', location, template: 'never', level: 'info', condition: dialect.costly } as const;
      const probe = await scene.place(draft);
      const spin = async () => (await target.call('spin', spinMs)) as number;
      // The budget is kept while it is spent: the loop never returns to the event loop in between.
      const iterations = await spin();
      const throttled = await scene.status(probe, 'throttled');
      assert.ok(throttled.counters.reached > 0);
      assert.ok(throttled.counters.reached < iterations / 2, `${throttled.counters.reached} of ${iterations}`);
      await scene.report(probe, ({ status, counters }) => status !== 'throttled' && counters.reached > 0, 20_000);
      await spin();
      await scene.report(probe, ({ counters }) => counters.reached > throttled.counters.reached);
    },
  },
  {
    name: 'a cheap condition on the same line stays, however often it is reached',
    async check(scene) {
      const location = scene.target.at('spin', 'hot');
      const condition = scene.dialect.never;
      const probe = await scene.place({ kind: 'log', location, template: 'never', level: 'info', condition });
      const iterations = (await scene.target.call('spinTimes', 1_000_000)) as number;
      const { counters, status } = await scene.report(probe, (report) => report.counters.reached === iterations);
      assert.equal(status, 'installed');
      assert.equal(counters.conditionFalse, iterations);
    },
  },
];
