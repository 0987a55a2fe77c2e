import type { AgentEvent } from '@sonde/protocol/agent';
import { expect, it } from 'vitest';
import type { ToWorker } from './channel.ts';
import { createEventOutbox } from './event-outbox.ts';
import { estimateBytes } from './event-size.ts';
import { FakeClock } from './fake-clock.ts';
import { gaugeView } from './gauge-view.ts';
import type { PostOutcome } from './worker-keeper.ts';

const event = (sequence: number): AgentEvent => ({
  kind: 'log',
  probeId: 'p_00000001',
  probeVersion: 1,
  sequence,
  timeNs: '1',
  thread: 'main',
  level: 'info',
  message: 'paid',
});

function setup(outcome: { value: PostOutcome } = { value: 'posted' }) {
  const clock = new FakeClock();
  const gauge = gaugeView();
  const groups: number[] = [];
  const post = (message: ToWorker) => {
    if (outcome.value === 'posted' && message.kind === 'events') groups.push(message.events.length);
    return outcome.value;
  };
  const outbox = createEventOutbox({ clock, gauge, post });
  const emit = (count: number) => {
    for (let sequence = 1; sequence <= count; sequence += 1) outbox.emit(event(sequence));
  };
  return { clock, gauge, groups, outbox, outcome, emit };
}

it('posts a group 25 ms after its first event', async () => {
  const { clock, groups, emit } = setup();
  emit(3);
  await clock.advance(24);
  expect(groups).toEqual([]);
  emit(2);
  await clock.advance(1);
  expect(groups).toEqual([5]);
  expect(clock.delays).toEqual([]);
});

it('posts at once when 500 wait', () => {
  const { groups, emit } = setup();
  emit(1_200);
  expect(groups).toEqual([500, 500]);
});

it('drops and counts what exceeds the bound, whoever fills it', () => {
  const { gauge, outbox, emit } = setup();
  outbox.limitBytes(10 * estimateBytes(event(1)));
  emit(8);
  gauge.add('queueBytes', 2 * estimateBytes(event(1)));
  emit(3);
  expect(gauge.get('droppedEvents')).toBe(3);
  gauge.set('queueBytes', 0);
  emit(1);
  expect(gauge.get('droppedEvents')).toBe(3);
});

it('keeps events while there is no worker', async () => {
  const { clock, groups, outbox, outcome, emit } = setup({ value: 'nobody' });
  emit(3);
  await clock.advance(25);
  outcome.value = 'posted';
  outbox.postNow();
  expect(groups).toEqual([3]);
});

it('drops and counts a group that cannot be posted', async () => {
  const { clock, gauge, emit } = setup({ value: 'failed' });
  emit(3);
  await clock.advance(25);
  expect([gauge.get('droppedEvents'), gauge.get('queueBytes')]).toEqual([3, 0]);
});

it('holds nothing once it is closed', () => {
  const { clock, gauge, outbox, emit } = setup({ value: 'nobody' });
  emit(2);
  outbox.close();
  emit(1);
  expect([gauge.get('droppedEvents'), gauge.get('queueBytes')]).toEqual([3, 0]);
  expect(clock.delays).toEqual([]);
});

it('estimates an event within a factor of two of its JSON', () => {
  const text = { type: 'string', text: 'x'.repeat(40) } as const;
  const order = {
    type: 'object',
    className: 'Order',
    fields: Array.from({ length: 20 }, (_, index) => ({ name: `field${index}`, value: text })),
  } as const;
  const { level: _, message: __, ...common } = event(1) as AgentEvent & { readonly kind: 'log' };
  const snapshot: AgentEvent = {
    ...common,
    kind: 'snapshot',
    stack: Array.from({ length: 10 }, () => ({ function: 'f', file: '/app/src/orders.ts', line: 1, column: 1 })),
    locals: [
      { name: 'order', value: order },
      { name: 'list', value: { type: 'array', elements: [order, text, text] } },
      { name: 'map', value: { type: 'map', entries: [{ key: text, value: order }] } },
    ],
    watches: [{ expression: 'order.total', value: text }],
  };
  for (const one of [event(1), snapshot]) {
    const real = JSON.stringify(one).length;
    expect(estimateBytes(one)).toBeGreaterThan(real / 2);
    expect(estimateBytes(one)).toBeLessThan(real * 2);
  }
});

it('lets through as many events and bytes in a second as it may, events and lines together', async () => {
  const { clock, gauge, outbox } = setup();
  const line = (sequence: number) => ({
    head: { probeId: 'p_00000001', probeVersion: 1, level: 'info', thread: 'main' } as const,
    sequence,
    atMs: clock.now(),
    message: 'paid',
    traceId: undefined,
    spanId: undefined,
  });
  outbox.limitRate(3, 1_000_000);
  expect([outbox.emit(event(1)), outbox.emitLog(line(2)), outbox.emit(event(3)), outbox.emitLog(line(4))]).toEqual([
    true,
    true,
    true,
    false,
  ]);
  expect(gauge.get('droppedEvents')).toBe(1);
  await clock.advance(1_000);
  expect(outbox.emitLog(line(5))).toBe(true);
  outbox.limitRate(1_000, 1_500);
  const passed = Array.from({ length: 20 }, (_, index) => outbox.emitLog(line(index))).filter(Boolean);
  expect(passed.length).toBeGreaterThan(0);
  expect(passed.length).toBeLessThan(10);
});
