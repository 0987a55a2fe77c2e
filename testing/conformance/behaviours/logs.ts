import assert from 'node:assert/strict';
import { logLevels } from '@sonde/protocol/agent';
import type { Behaviour } from './behaviour.ts';

export const logBehaviours: readonly Behaviour[] = [
  {
    name: 'a log shows its template with the values of the line, calls included',
    core: true,
    async check(scene) {
      const { idByCall, total, taxByCall } = scene.dialect;
      const probe = await scene.log('gross', `order {${idByCall}} of {${total}} at {${taxByCall}}`);
      await scene.target.call('checkout', 'o-1', 1250);
      await scene.arrived(probe, 1);
      assert.deepEqual(scene.messages(probe), ['order o-1 of 1250 at 0.2']);
    },
  },
  {
    name: 'doubled braces are braces',
    async check(scene) {
      const probe = await scene.log('gross', `{{{${scene.dialect.total}}}} {{}} end`);
      await scene.target.call('checkout', 'o-1', 7);
      await scene.arrived(probe, 1);
      assert.deepEqual(scene.messages(probe), ['{7} {} end']);
    },
  },
  {
    name: 'a log has the level it was given',
    async check(scene) {
      const location = scene.target.at('gross');
      for (const level of logLevels) {
        const probe = await scene.place({ kind: 'log', location, template: level, level });
        await scene.target.call('checkout', 'o-1', 7);
        await scene.arrived(probe, 1);
        assert.deepEqual(
          scene.logs(probe).map((event) => [event.level, event.message]),
          [[level, level]],
        );
        await scene.remove(probe);
      }
    },
  },
  {
    name: 'where an expression of a log gives no value, its place says why and the line is there',
    async check(scene) {
      const { writingCall, throwing, total } = scene.dialect;
      const probe = await scene.log('gross', `a {${writingCall}} b {${throwing}} c {${total}} d`);
      const returned = await scene.target.call('checkout', 'o-1', 20);
      await scene.arrived(probe, 1);
      assert.match(scene.messages(probe)[0] ?? '', /^a \[.+\] b \[.+\] c 20 d$/);
      assert.deepEqual(returned, { gross: 22, reads: 0, sizes: 3 });
    },
  },
];
