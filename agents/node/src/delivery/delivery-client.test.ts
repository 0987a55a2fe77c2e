import type { AgentEvent, Command, ProbeReport } from '@sonde/protocol/agent';
import { expect, it } from 'vitest';
import type { DeliveryOptions, ToWorker } from './channel.ts';
import { createDelivery } from './delivery-client.ts';
import { FakeClock } from './fake-clock.ts';
import { type GaugeView, gaugeView } from './gauge-view.ts';
import type { WorkerListener } from './worker-thread.ts';

const event: AgentEvent = {
  kind: 'log',
  probeId: 'p_00000001',
  probeVersion: 1,
  sequence: 1,
  timeNs: '1',
  thread: 'main',
  level: 'info',
  message: 'paid',
};
const report = (probeId: string, status: ProbeReport['status']): ProbeReport => ({
  probeId,
  probeVersion: 1,
  status,
  bindings: [],
  counters: { reached: 0, conditionFalse: 0, captured: 0, throttled: 0, dropped: 0, failed: 0, spentNs: 0 },
});
const breakpoint = { key: 'a', url: 'file:///a.js', line: 1, condition: 'false' };

interface FakeThread {
  readonly listener: WorkerListener;
  readonly gauge: GaugeView;
  readonly messages: ToWorker[];
  ended: boolean;
}

function setup(
  options: { onCommand?: (command: Command) => void; refuseThread?: string; refuseMessage?: ToWorker['kind'] } = {},
) {
  const clock = new FakeClock();
  const threads: FakeThread[] = [];
  const diagnostics: string[] = [];
  const startThread = (_: URL, { gauge }: DeliveryOptions, listener: WorkerListener) => {
    if (options.refuseThread) throw new Error(options.refuseThread);
    const thread: FakeThread = { listener, gauge: gaugeView(gauge), messages: [], ended: false };
    threads.push(thread);
    return {
      post(message: ToWorker) {
        if (message.kind === options.refuseMessage) throw new Error('could not be cloned');
        thread.messages.push(message);
        // A worker with nothing to send.
        if (message.kind === 'flush') thread.gauge.set('flushed', message.flush);
      },
      end() {
        thread.ended = true;
      },
    };
  };
  const delivery = createDelivery({
    workerFile: new URL('file:///worker.js'),
    options: {
      url: 'http://host',
      token: 't',
      session: {} as DeliveryOptions['session'],
      timeOriginMs: 0,
      maxQueueBytes: 10_000,
    },
    onCommand: options.onCommand ?? (() => {}),
    onBreakpoint: () => {},
    onDiagnostic: (message) => diagnostics.push(message),
    clock,
    startThread,
  });
  const kinds = (index: number) => threads[index]?.messages.map((message) => message.kind);
  return { clock, threads, diagnostics, delivery, kinds };
}

it('tells a worker that replaces a dead one all that still holds', async () => {
  const { clock, threads, delivery } = setup();
  delivery.report([report('p_a', 'installed'), report('p_b', 'installed')]);
  delivery.report([report('p_a', 'removed')]);
  delivery.setBreakpoints([breakpoint]);
  threads[0]?.listener.onEnd('out of memory');
  delivery.emit(event);
  await clock.advance(1_000);
  expect(threads[1]?.messages).toMatchObject([
    { kind: 'statuses', reports: [report('p_b', 'installed')] },
    { kind: 'set-breakpoints', breakpoints: [breakpoint] },
    { kind: 'events', events: [event] },
  ]);
});

it('counts what died with the worker', async () => {
  const { clock, threads, delivery } = setup();
  for (let count = 0; count < 5; count += 1) delivery.emit(event);
  await clock.advance(25);
  threads[0]?.gauge.add('settledEvents', 2);
  threads[0]?.listener.onEnd('gone');
  expect(threads[0]?.gauge.get('droppedEvents')).toBe(3);
  expect(threads[0]?.gauge.get('queueBytes')).toBe(0);
});

it('starts a worker again three times, ever later, then stays quiet', async () => {
  const { clock, threads, diagnostics, delivery } = setup();
  for (const delayMs of [1_000, 5_000, 30_000]) {
    threads.at(-1)?.listener.onEnd('gone');
    expect(clock.delays).toEqual([delayMs]);
    await clock.advance(delayMs);
  }
  threads.at(-1)?.listener.onEnd('gone');
  delivery.emit(event);
  expect(clock.delays).toEqual([]);
  expect(threads).toHaveLength(4);
  expect(threads[3]?.gauge.get('droppedEvents')).toBe(1);
  expect(diagnostics.at(-1)).toContain('nothing more is sent');
});

it('has every probe taken off when it gives up: nobody else could do that any more', async () => {
  const commands: Command[] = [];
  const { clock, threads } = setup({ onCommand: (command) => commands.push(command) });
  for (const delayMs of [1_000, 5_000, 30_000]) {
    threads.at(-1)?.listener.onEnd('gone');
    await clock.advance(delayMs);
  }
  expect(commands).toEqual([]);
  threads.at(-1)?.listener.onEnd('gone');
  expect(commands).toEqual([{ kind: 'detach' }]);
});

it('stays quiet where threads are not allowed', async () => {
  const { clock, diagnostics, delivery } = setup({ refuseThread: 'not permitted' });
  await clock.advance(60_000);
  delivery.emit(event);
  delivery.flushAtExit();
  expect(clock.delays).toEqual([]);
  expect(diagnostics).toHaveLength(4);
  expect(diagnostics[0]).toContain('not permitted');
});

it('reports what a listener throws, and goes on', () => {
  const { threads, diagnostics } = setup({
    onCommand: () => {
      throw new Error('a bug of the agent');
    },
  });
  threads[0]?.listener.onMessage({ kind: 'command', command: { kind: 'detach' } });
  expect(diagnostics).toEqual(['delivery failed: a bug of the agent']);
});

it('reports a message that cannot be posted', () => {
  const { delivery, diagnostics } = setup({ refuseMessage: 'answer' });
  delivery.answer('k_00000001', {} as Parameters<typeof delivery.answer>[1]);
  expect(diagnostics).toEqual(['answer could not be posted: could not be cloned']);
});

it('posts what waits before it asks for the flush', () => {
  const { delivery, kinds } = setup();
  delivery.emit(event);
  delivery.flushAtExit();
  expect(kinds(0)).toEqual(['events', 'flush']);
});

it('flushes, ends the worker and takes nothing more when it is stopped', async () => {
  const { clock, delivery, threads, kinds } = setup();
  delivery.emit(event);
  await delivery.stop();
  delivery.emit(event);
  delivery.report([report('p_a', 'installed')]);
  await clock.advance(60_000);
  expect(kinds(0)).toEqual(['events', 'flush']);
  expect(threads).toHaveLength(1);
  expect(threads[0]?.ended).toBe(true);
});
