import assert from 'node:assert/strict';
import type { Behaviour } from './behaviour.ts';
import { local } from './captured.ts';

export const placementBehaviours: readonly Behaviour[] = [
  {
    name: 'several probes on one line each see every hit',
    async check(scene) {
      const { total, totalOver } = scene.dialect;
      const snapshot = await scene.snapshot('gross');
      const first = await scene.log('gross', `first {${total}}`);
      const second = await scene.log('gross', `second {${total}}`, { condition: totalOver(1) });
      await scene.target.call('checkoutMany', 3);
      await scene.arrived(snapshot, 3);
      await scene.arrived(first, 3);
      await scene.arrived(second, 1);
      assert.deepEqual(scene.messages(first), ['first 0', 'first 1', 'first 2']);
      assert.deepEqual(scene.messages(second), ['second 2']);
      // One that goes leaves the others where they are.
      await scene.remove(first);
      await scene.target.call('checkout', 'o-1', 9);
      await scene.arrived(snapshot, 4);
      await scene.arrived(second, 2);
      assert.deepEqual(scene.messages(second), ['second 2', 'second 9']);
      assert.equal(scene.logs(first).length, 3);
    },
  },
  {
    name: 'probes in several functions of a file see the locals of their own',
    async check(scene) {
      const inner = await scene.snapshot('gross');
      const outer = await scene.snapshot('result');
      await scene.target.call('checkout', 'o-1', 20);
      const names = (await scene.oneSnapshot(outer)).locals.map(({ name }) => name);
      assert.ok(names.includes('result') && names.includes('id') && !names.includes('headers'), names.join());
      assert.equal(local(await scene.oneSnapshot(inner), 'headers').type, 'map');
    },
  },
  {
    name: 'the end of a path is enough to name a file, and so is a whole path of another machine',
    async check(scene) {
      const { file, line } = scene.target.at('rules', 'billing/rules');
      for (const name of [file, `ing/../${file}`, `/home/somebody/elsewhere/${file}`]) {
        const { outcome, bindings } = await scene.server.ask({ file: name, line });
        assert.deepEqual([outcome, bindings.length, bindings[0]?.line], ['bound', 1, line], name);
      }
    },
  },
  {
    name: 'a probe on a file that is not loaded waits, and stands from the first line that runs',
    async check(scene) {
      const location = scene.target.at('late', 'late');
      const probe = await scene.place({ kind: 'snapshot', location, watches: [] }, { until: 'pending' });
      const atLoad = scene.target.at('while-loading', 'late');
      const first = await scene.place(
        { kind: 'log', location: atLoad, template: 'loading', level: 'info' },
        { until: 'pending' },
      );
      const explained = await scene.server.ask(location);
      assert.equal(explained.outcome, 'pending');
      assert.equal(await scene.target.call('loadLate', 4), 8);
      assert.deepEqual(local(await scene.oneSnapshot(probe), 'doubled'), { type: 'number', text: '8' });
      await scene.arrived(first, 1);
      const { bindings } = await scene.status(probe, 'emitting');
      assert.deepEqual([bindings.length, bindings[0]?.line], [1, location.line]);
    },
  },
  {
    name: 'a new version of a probe takes the place of the old one',
    async check(scene) {
      const { total } = scene.dialect;
      const old = await scene.log('gross', `old {${total}}`);
      await scene.target.call('checkout', 'o-1', 1);
      await scene.arrived(old, 1);
      const renewed = await scene.log('gross', `new {${total}}`, {}, { replaces: old });
      await scene.target.call('checkout', 'o-1', 2);
      await scene.arrived(renewed, 1);
      assert.deepEqual([...scene.messages(old), ...scene.messages(renewed)], ['old 1', 'new 2']);
      const { counters } = await scene.report(renewed, (report) => report.counters.captured === 1);
      assert.equal(counters.reached, 1, 'a new version counts from nothing');
    },
  },
  {
    name: 'a probe that is taken away sees nothing more',
    core: true,
    async check(scene) {
      const probe = await scene.log('gross', 'seen');
      const witness = await scene.log('result', 'witness');
      await scene.target.call('checkout', 'o-1', 1);
      await scene.arrived(probe, 1);
      await scene.remove(probe);
      await scene.target.call('checkout', 'o-1', 1);
      await scene.arrived(witness, 2);
      assert.equal(scene.logs(probe).length, 1);
    },
  },
  {
    name: 'what the server no longer wants is gone after a reconnect, and what it wants is there',
    async check(scene) {
      const kept = await scene.log('gross', 'kept');
      const sessions = scene.server.sessions.length;
      scene.server.forgetSessions();
      scene.server.dropConnections();
      await scene.server.waitForSession(sessions);
      await scene.settled();
      await scene.target.call('checkout', 'o-1', 1);
      await scene.arrived(kept, 1);
      await scene.remove();
      await scene.target.call('checkout', 'o-1', 1);
      await scene.settled();
      assert.equal(scene.logs(kept).length, 1);
    },
  },
];
