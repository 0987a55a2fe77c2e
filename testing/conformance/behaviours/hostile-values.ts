import assert from 'node:assert/strict';
import { defaultCaptureLimits } from '@sonde/protocol/agent';
import type { Behaviour } from './behaviour.ts';
import { local } from './captured.ts';

/** What an event holds beside the captured values: ids, stack, and the names that say what is missing. */
const besidesValuesBytes = 32_768;
/** A capture that reads more than it shows would take seconds with these values. */
const tooLongNs = 2e9;

/** Answers of the target: what kinds it has, and how often code of the application ran when it only should be read. */
interface HostileResult {
  readonly ran: number;
  readonly result: string;
}

export const hostileValueBehaviours: readonly Behaviour[] = [
  {
    name: 'values that are huge, endless or full of traps are captured within the limits, and none of their code runs',
    async check(scene) {
      const { target } = scene;
      const kinds = (await target.call('hostileKinds')) as readonly string[];
      assert.ok(kinds.length > 0);
      const location = target.at('hostile', 'hostile');
      const { maxBytes } = defaultCaptureLimits;
      // By default time is a limit, too.
      const limits = { capture: defaultCaptureLimits };
      for (const kind of kinds) {
        const snapshot = await scene.place({ kind: 'snapshot', location, watches: ['value'] }, { limits });
        const log = await scene.place({ kind: 'log', location, template: 'value {value}', level: 'info' }, { limits });
        const { ran, result } = (await target.call('hostile', kind)) as HostileResult;
        assert.deepEqual([ran, result], [0, `${kind} went on`]);
        const event = await scene.oneSnapshot(snapshot);
        await scene.arrived(log, 1);
        const bytes = Buffer.byteLength(JSON.stringify(event));
        assert.ok(bytes <= maxBytes + besidesValuesBytes, `${kind}: ${bytes} bytes`);
        assert.equal(local(event, 'kind').text, kind);
        assert.ok(local(event, 'value').type);
        const { counters } = await scene.report(snapshot, (report) => report.counters.captured === 1);
        assert.ok(counters.spentNs < tooLongNs, `${kind}: ${counters.spentNs} ns`);
        assert.equal(counters.failed, 0, kind);
        await scene.remove(snapshot, log);
      }
    },
  },
];
