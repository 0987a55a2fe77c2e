import assert from 'node:assert/strict';
import type { Behaviour } from './behaviour.ts';

export const limitBehaviours: readonly Behaviour[] = [
  {
    name: 'a probe ends when its time is over, without a word from the server',
    async check(scene) {
      const witness = await scene.log('result', 'witness');
      const probe = await scene.log('gross', 'seen', {}, { expiresAtMs: Date.now() + 700 });
      await scene.target.call('checkout', 'o-1', 1);
      await scene.arrived(probe, 1);
      // Its line is called until its hits stop; the witness proves that the others go on.
      let before = -1;
      for (let round = 0; round < 20 && scene.logs(probe).length > before; round += 1) {
        before = scene.logs(probe).length;
        const seen = scene.logs(witness).length;
        await new Promise((resolve) => setTimeout(resolve, 250));
        await scene.target.call('checkout', 'o-1', 1);
        await scene.arrived(witness, seen + 1);
      }
      assert.ok(scene.logs(witness).length > scene.logs(probe).length);
    },
  },
  {
    name: 'a probe whose time is over before it arrives never stands',
    async check(scene) {
      const witness = await scene.log('result', 'witness');
      const location = scene.target.at('gross');
      const draft = { kind: 'log', location, template: 'never', level: 'info' } as const;
      const probe = scene.desire(draft, { expiresAtMs: Date.now() - 1 });
      await scene.settled();
      await scene.target.call('checkout', 'o-1', 1);
      await scene.arrived(witness, 1);
      assert.deepEqual(scene.messages(probe), []);
    },
  },
  {
    name: 'a probe that has used up its hits sends no more',
    async check(scene) {
      const { total } = scene.dialect;
      const witness = await scene.log('result', 'witness');
      const probe = await scene.log('gross', `{${total}}`, {}, { limits: { maxHits: 3 } });
      await scene.target.call('checkoutMany', 10);
      await scene.arrived(witness, 10);
      await scene.arrived(probe, 3);
      assert.deepEqual(scene.messages(probe), ['0', '1', '2']);
      const { counters } = await scene.report(probe, (report) => report.counters.captured === 3);
      assert.equal(counters.throttled, 0);
    },
  },
  {
    name: 'hits beyond the rate of a probe are counted as throttled, and said to be',
    async check(scene) {
      const probe = await scene.log('gross', 'hit', {}, { limits: { maxHitsPerSecond: 5 } });
      await scene.target.call('checkoutMany', 500);
      const { counters } = await scene.report(probe, ({ counters: { reached } }) => reached === 500);
      assert.ok(counters.captured >= 5 && counters.captured < 100, `${counters.captured} of 500 passed`);
      assert.equal(counters.captured + counters.throttled, 500);
      assert.equal(counters.conditionFalse, 0);
      await scene.arrived(probe, counters.captured);
      assert.equal(scene.logs(probe).length, counters.captured);
      assert.ok(scene.server.statuses().some(({ probeId, status }) => probeId === probe.id && status === 'throttled'));
    },
  },
  {
    name: 'a hundred thousand lines arrive once each and in their order',
    async check(scene) {
      const { total } = scene.dialect;
      const count = 100_000;
      // The budget is somebody else's test: time that a busy machine takes counts as the probe's.
      await scene.withLimits({ cpuShare: 1 }, async () => {
        const probe = await scene.log('gross', `{${total}}`);
        await scene.target.call('checkoutSteadily', count);
        const { counters } = await scene.report(probe, ({ counters: { reached } }) => reached === count);
        assert.deepEqual([counters.captured, counters.throttled, counters.dropped], [count, 0, 0]);
        await scene.arrived(probe, count, 40_000);
        const logs = scene.logs(probe);
        assert.equal(logs.length, count);
        const wrong = logs.findIndex(({ message }, index) => message !== String(index));
        assert.equal(wrong, -1, `line ${wrong} says ${logs[wrong]?.message}`);
        const isNext = (index: number) => logs[index]?.sequence === (logs[index - 1]?.sequence ?? 0) + 1;
        assert.ok(logs.every((_, index) => index === 0 || isNext(index)));
      });
    },
  },
  {
    name: 'what does not fit into the queue is dropped, counted, and leaves the rest in order',
    async check(scene) {
      const { target, dialect } = scene;
      const count = 50_000;
      await scene.withLimits({ cpuShare: 1, maxQueueBytes: 1_000_000 }, async () => {
        const probe = await scene.log('gross', `{${dialect.total}}`);
        await target.call('checkoutMany', count);
        const { counters } = await scene.report(probe, ({ counters: { reached } }) => reached === count);
        assert.ok(counters.dropped > 0, 'a queue of a megabyte holds no 50,000 lines');
        assert.equal(counters.captured + counters.dropped, count);
        assert.deepEqual([counters.throttled, counters.failed], [0, 0]);
        await scene.arrived(probe, counters.captured);
        const lines = scene.messages(probe).map(Number);
        assert.equal(lines.length, counters.captured);
        assert.ok(lines.every((line, index) => index === 0 || line > (lines[index - 1] ?? 0)));
      });
    },
  },
];
