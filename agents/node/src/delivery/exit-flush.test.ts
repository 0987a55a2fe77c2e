import { expect, it } from 'vitest';
import type { ToWorker } from './channel.ts';
import { createFlush } from './exit-flush.ts';
import { gaugeView } from './gauge-view.ts';

/** A gauge that answers as a worker would, and counts how often it was waited for. */
function setup(worker: { readonly delivers: boolean }) {
  const gauge = gaugeView();
  let waits = 0;
  let now = 0;
  const posted: ToWorker[] = [];
  const flush = createFlush({
    gauge: {
      ...gauge,
      waitWhile: (_field, _value, timeoutMs) => {
        waits += 1;
        // Woken early and for nothing, as `Atomics.wait` may be.
        now += Math.min(timeoutMs, 90);
        if (worker.delivers && waits === 3) gauge.set('flushed', 1);
      },
    },
    now: () => now,
    post: (message) => {
      posted.push(message);
      return 'posted';
    },
    postedReports: () => 4,
  });
  gauge.set('deliveredReports', 4);
  return { gauge, flush, posted, waits: () => waits };
}

it('does not wait when nothing is unsent', () => {
  const { gauge, flush, waits, posted } = setup({ delivers: false });
  gauge.set('connected', 1);
  flush.atExit(300);
  expect(waits()).toBe(0);
  expect(posted).toEqual([{ kind: 'flush', flush: 1, leave: true }]);
});

it('does not wait without a server', () => {
  const { gauge, flush, waits } = setup({ delivers: false });
  gauge.set('queueBytes', 100);
  flush.atExit(300);
  expect(waits()).toBe(0);
});

it.each([
  ['events', 'queueBytes', 100],
  ['reports', 'deliveredReports', 3],
] as const)('waits for %s until they are delivered', (_, field, value) => {
  const { gauge, flush, waits } = setup({ delivers: true });
  gauge.set('connected', 1);
  gauge.set(field, value);
  flush.atExit(300);
  expect(waits()).toBe(3);
});

it('waits for an inspector session to close, server or not', () => {
  const { gauge, flush, waits } = setup({ delivers: true });
  gauge.set('inspecting', 1);
  flush.atExit(300);
  expect(waits()).toBe(3);
});

it('ends at its bound', () => {
  const { gauge, flush, waits } = setup({ delivers: false });
  gauge.set('connected', 1);
  gauge.set('queueBytes', 100);
  flush.atExit(300);
  expect(waits()).toBe(4);
});
