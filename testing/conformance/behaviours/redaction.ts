import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { SnapshotEvent } from '@sonde/protocol/agent';
import type { Scene } from '../scene.ts';
import type { Behaviour } from './behaviour.ts';
import { field, local, watched } from './captured.ts';

/** Made anew each time, so that it is nowhere but in the values that the target got. */
const newSecret = () => `hush${randomBytes(12).toString('hex')}`;

/** Searches everything that the server ever got, the text around the values included. */
function assertNeverSent({ server }: Scene, secret: string): void {
  const leak = server.received.find((text) => text.includes(secret));
  const at = leak?.indexOf(secret) ?? 0;
  assert.equal(leak?.slice(Math.max(0, at - 200), at + secret.length + 20), undefined, 'a secret left the process');
}

export const redactionBehaviours: readonly Behaviour[] = [
  {
    name: 'a value under a redacted name never leaves the process: a local, a field, a map key, an environment',
    core: true,
    async check(scene) {
      const { account, headers } = scene.dialect;
      const secret = newSecret();
      const probe = await scene.snapshot('gross');
      const watching = await scene.snapshot('gross', { watches: [account, headers] });
      const log = await scene.log('gross', `{${account}} {${headers}}`);
      const outer = await scene.snapshot('result');
      await scene.target.call('checkout', 'o-1', 20, secret);
      const snapshot = await scene.oneSnapshot(probe);
      for (const other of [watching, log, outer]) await scene.arrived(other, 1);
      assert.equal(local(snapshot, 'apiToken').missing, 'redacted');
      const captured = local(snapshot, 'account');
      assert.equal(field(captured, 'password').missing, 'redacted');
      assert.equal(field(field(captured, 'env'), 'DB_PASSWORD').missing, 'redacted');
      assert.deepEqual(field(captured, 'owner'), { type: 'string', text: 'Ada' });
      const entries = local(snapshot, 'headers').entries ?? [];
      assert.equal(field(watched(scene.snapshots(watching)[0] as SnapshotEvent, 0), 'password').missing, 'redacted');
      const header = entries.find(({ key }) => key.text === 'authorization');
      assert.equal(header?.value.missing, 'redacted');
      // What is beside them is there: this is not a capture that shows nothing.
      assert.ok(entries.some(({ value }) => value.text === 'text/plain'));
      assert.match(scene.messages(log)[0] ?? '', /Ada/);
      assertNeverSent(scene, secret);
    },
  },
  {
    name: 'a name that the policy adds is masked from then on, without a restart, and refused in expressions',
    async check(scene) {
      const { server, target } = scene;
      const [before, after] = [newSecret(), newSecret()];
      const policy = server.policy;
      const probe = await scene.snapshot('gross');
      await target.call('checkoutNoted', before);
      // The search must be able to find: until the name is added, the value is sent.
      await scene.arrived(probe, 1);
      assert.throws(() => assertNeverSent(scene, before));
      server.setPolicy({ ...policy, redaction: { version: 1, names: ['Customer_Note'], exceptNames: [] } });
      await scene.settled();
      try {
        await target.call('checkoutNoted', after);
        await scene.arrived(probe, 2);
        assert.equal(
          field(local(scene.snapshots(probe)[1] as SnapshotEvent, 'order'), 'customerNote').missing,
          'redacted',
        );
        assertNeverSent(scene, after);
        const { problems } = await scene.explain({
          kind: 'snapshot',
          location: target.at('gross'),
          watches: ['order.customerNote'],
        });
        assert.equal(problems[0]?.code, 'expression.redacted');
      } finally {
        server.setPolicy(policy);
        await scene.settled();
      }
    },
  },
  {
    name: 'no expression that is refused, fails or throws carries a redacted value out',
    async check(scene) {
      const { redactedField, redactedKey, redactedLocal, throwing, leaks } = scene.dialect;
      const secret = newSecret();
      const location = scene.target.at('gross');
      for (const expression of [redactedField, redactedKey, redactedLocal, ...leaks]) {
        const drafts = [
          { kind: 'snapshot', location, watches: [expression] },
          { kind: 'snapshot', location, watches: [], condition: expression },
          { kind: 'log', location, template: `{${expression}}`, level: 'warn' },
        ] as const;
        for (const draft of drafts) {
          const { outcome } = await scene.explain(draft);
          const probe = await scene.place(draft, { until: outcome === 'bound' ? 'installed' : 'error' });
          await scene.target.call('checkout', 'o-1', 20, secret);
          if (outcome === 'bound') await scene.report(probe, ({ counters }) => counters.reached === 1);
          await scene.remove(probe);
        }
      }
      const witness = await scene.snapshot('gross', { watches: [throwing] });
      await scene.target.call('checkout', 'o-1', 20, secret);
      await scene.arrived(witness, 1);
      assertNeverSent(scene, secret);
    },
  },
];
