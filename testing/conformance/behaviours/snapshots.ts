import assert from 'node:assert/strict';
import type { Behaviour } from './behaviour.ts';
import { field, local, watched } from './captured.ts';

export const snapshotBehaviours: readonly Behaviour[] = [
  {
    name: 'a snapshot holds locals, watches and the stack, in the source as its author wrote it',
    core: true,
    async check(scene) {
      const { total, itemCount } = scene.dialect;
      const probe = await scene.snapshot('gross', { watches: [total, itemCount] });
      const returned = await scene.target.call('checkout', 'o-7', 1250);
      const snapshot = await scene.oneSnapshot(probe);

      const order = local(snapshot, 'order');
      assert.equal(order.className, 'Order');
      assert.deepEqual(field(order, 'total'), { type: 'number', text: '1250' });
      assert.deepEqual(field(order, 'id'), { type: 'string', text: 'o-7' });
      assert.equal(field(order, 'items').elements?.length, 2);
      assert.deepEqual(watched(snapshot, 0), { type: 'number', text: '1250' });
      assert.deepEqual(watched(snapshot, 1), { type: 'number', text: '2' });

      const [innermost, caller] = snapshot.stack;
      const stands = scene.target.at('gross');
      assert.deepEqual([innermost?.function, innermost?.line], ['submit', stands.line]);
      assert.ok(innermost?.file?.endsWith(stands.file), `${innermost?.file} is not ${stands.file}`);
      assert.deepEqual([caller?.function, caller?.line], ['checkout', scene.target.at('call').line]);
      assert.ok(caller?.file?.endsWith(stands.file), `${caller?.file} is not ${stands.file}`);
      assert.deepEqual(returned, { gross: 1500, reads: 0, sizes: 3 });
    },
  },
  {
    name: 'a watch may call a method and a function that only read',
    core: true,
    async check(scene) {
      const { idByCall, taxByCall } = scene.dialect;
      const probe = await scene.snapshot('gross', { watches: [idByCall, taxByCall] });
      await scene.target.call('checkout', 'o-8', 2000);
      const snapshot = await scene.oneSnapshot(probe);
      assert.deepEqual(watched(snapshot, 0), { type: 'string', text: 'o-8' });
      assert.deepEqual(watched(snapshot, 1), { type: 'number', text: '0.2' });
    },
  },
  {
    name: 'a watch that would write is refused when it runs, and changes nothing',
    core: true,
    async check(scene) {
      const { writingCall, total } = scene.dialect;
      const probe = await scene.snapshot('gross', { watches: [writingCall, total] });
      const returned = await scene.target.call('checkout', 'o-9', 20);
      const snapshot = await scene.oneSnapshot(probe);
      assert.equal(snapshot.watches[0]?.problem?.code, 'expression.side-effect');
      assert.equal(snapshot.watches[0]?.value, undefined);
      assert.deepEqual(watched(snapshot, 1), { type: 'number', text: '20' });
      assert.deepEqual(returned, { gross: 22, reads: 0, sizes: 3 });
      const report = await scene.report(probe, ({ counters }) => counters.captured === 1);
      assert.equal(report.problem?.code, 'expression.side-effect');
    },
  },
  {
    name: 'a watch that throws says so in its place, and the rest of the snapshot is there',
    async check(scene) {
      const { throwing, total } = scene.dialect;
      const probe = await scene.snapshot('gross', { watches: [throwing, total] });
      await scene.target.call('checkout', 'o-9', 20);
      const snapshot = await scene.oneSnapshot(probe);
      assert.equal(snapshot.watches[0]?.problem?.code, 'expression.threw');
      assert.deepEqual(watched(snapshot, 1), { type: 'number', text: '20' });
    },
  },
  {
    name: 'an event carries the ids of the span that is active on its line, and none where none is',
    async check(scene) {
      const snapshot = await scene.snapshot('gross');
      const log = await scene.log('gross', 'traced');
      await scene.target.call('checkout', 'o-1', 1);
      const ids = (await scene.target.call('tracedCheckout', 'o-2', 2)) as { traceId: string; spanId: string };
      await scene.arrived(snapshot, 2);
      await scene.arrived(log, 2);
      for (const [plain, traced] of [scene.snapshots(snapshot), scene.logs(log)]) {
        assert.deepEqual([plain?.traceId, plain?.spanId], [undefined, undefined]);
        assert.match(ids.traceId, /^[0-9a-f]{32}$/);
        assert.deepEqual([traced?.traceId, traced?.spanId], [ids.traceId, ids.spanId]);
      }
    },
  },
  {
    name: 'an event says when it happened, on which thread, and as which of the process',
    async check(scene) {
      const probe = await scene.log('gross', 'hit');
      const beforeMs = Date.now();
      await scene.target.call('checkoutMany', 3);
      const afterMs = Date.now();
      await scene.arrived(probe, 3);
      const logs = scene.logs(probe);
      for (const { timeNs, thread } of logs) {
        assert.equal(thread, 'main');
        const atMs = Number(BigInt(timeNs) / 1_000_000n);
        assert.ok(atMs >= beforeMs - 1 && atMs <= afterMs + 1, `${atMs} is not in ${beforeMs}..${afterMs}`);
      }
      const [first = 0, ...others] = logs.map(({ sequence }) => sequence);
      assert.deepEqual(others, [first + 1, first + 2]);
    },
  },
];
