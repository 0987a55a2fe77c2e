import assert from 'node:assert/strict';
import type { Behaviour } from './behaviour.ts';

export const conditionBehaviours: readonly Behaviour[] = [
  {
    name: 'only a hit whose condition holds is sent, and the counters account for each',
    core: true,
    async check(scene) {
      const { totalOver, total } = scene.dialect;
      const probe = await scene.log('gross', `{${total}}`, { condition: totalOver(96) });
      await scene.target.call('checkoutMany', 100);
      await scene.arrived(probe, 3);
      assert.deepEqual(scene.messages(probe), ['97', '98', '99']);
      const { counters, status } = await scene.report(probe, (report) => report.counters.reached === 100);
      assert.deepEqual([counters.conditionFalse, counters.captured, counters.failed], [97, 3, 0]);
      assert.deepEqual([counters.throttled, counters.dropped], [0, 0]);
      assert.ok(counters.spentNs > 0);
      assert.equal(status, 'emitting');
    },
  },
  {
    name: 'a condition may call what only reads',
    core: true,
    async check(scene) {
      const probe = await scene.log('gross', 'taxed', { condition: scene.dialect.taxByCallOver(0.15) });
      for (const total of [20, 2_000, 30]) await scene.target.call('checkout', 'o-1', total);
      await scene.arrived(probe, 1);
      const { counters } = await scene.report(probe, (report) => report.counters.reached === 3);
      assert.deepEqual([counters.conditionFalse, counters.captured, counters.failed], [2, 1, 0]);
    },
  },
  {
    name: 'a condition that throws is a hit that failed, is told, and does not reach the application',
    async check(scene) {
      const probe = await scene.log('gross', 'never', { condition: scene.dialect.throwing });
      const returned = await scene.target.call('checkout', 'o-1', 20);
      assert.deepEqual(returned, { gross: 22, reads: 0, sizes: 3 });
      const { counters, problem } = await scene.report(probe, (report) => report.counters.reached === 1);
      assert.equal(problem?.code, 'expression.threw');
      assert.deepEqual([counters.failed, counters.captured, counters.conditionFalse], [1, 0, 0]);
      assert.deepEqual(scene.messages(probe), []);
    },
  },
  {
    name: 'a condition that would write is a hit that failed, and changes nothing',
    async check(scene) {
      const probe = await scene.log('gross', 'never', { condition: scene.dialect.writingCall });
      const returned = await scene.target.call('checkout', 'o-1', 20);
      assert.deepEqual(returned, { gross: 22, reads: 0, sizes: 3 });
      const { counters, problem } = await scene.report(probe, (report) => report.counters.reached === 1);
      assert.equal(problem?.code, 'expression.side-effect');
      assert.deepEqual([counters.failed, counters.captured, counters.conditionFalse], [1, 0, 0]);
    },
  },
];
