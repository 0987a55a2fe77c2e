import type { AgentEvent } from '@sonde/protocol/agent';
import { expect, it } from 'vitest';
import { createEventQueue } from './event-queue.ts';

const event = (sequence: number, message = 'paid'): AgentEvent => ({
  kind: 'log',
  probeId: 'p_00000001',
  probeVersion: 1,
  sequence,
  timeNs: '1',
  thread: 'main',
  level: 'info',
  message,
});
const oneEvent = Buffer.byteLength(JSON.stringify(event(1)));
const sequences = (events: readonly { readonly json: string }[]) => events.map(({ json }) => JSON.parse(json).sequence);

it('gives the oldest first, within a count', () => {
  const queue = createEventQueue(1_000_000);
  for (let sequence = 1; sequence <= 5; sequence += 1) queue.offer(event(sequence));
  expect(sequences(queue.take(2, 1_000_000))).toEqual([1, 2]);
  expect(sequences(queue.take(2, 1_000_000))).toEqual([3, 4]);
  expect(sequences(queue.take(2, 1_000_000))).toEqual([5]);
  expect(queue.take(2, 1_000_000)).toEqual([]);
});

it('cuts by bytes, and gives an event alone that is larger than the cut', () => {
  const queue = createEventQueue(1_000_000);
  queue.offer(event(1));
  queue.offer(event(2));
  queue.offer(event(3, 'x'.repeat(10_000)));
  queue.offer(event(4));
  expect(sequences(queue.take(100, 2 * oneEvent))).toEqual([1, 2]);
  expect(sequences(queue.take(100, 2 * oneEvent))).toEqual([3]);
  expect(sequences(queue.take(100, 2 * oneEvent))).toEqual([4]);
});

it('counts bytes, not characters', () => {
  const queue = createEventQueue(1_000_000);
  expect(queue.offer(event(1, '€'))?.bytes).toBe(Buffer.byteLength(JSON.stringify(event(1, '€'))));
});

it('drops the newest when full, until what was taken is settled', () => {
  const queue = createEventQueue(2 * oneEvent);
  expect(queue.offer(event(1))).toBeDefined();
  expect(queue.offer(event(2))).toBeDefined();
  expect(queue.offer(event(3))).toBeUndefined();
  const taken = queue.take(2, 1_000_000);
  expect(queue.offer(event(4))).toBeUndefined();
  queue.settle(taken);
  expect(queue.bytes).toBe(0);
  expect(queue.offer(event(5))).toBeDefined();
});

it('keeps its accounts through any sequence of calls', () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 2 ** 31;
  };
  const queue = createEventQueue(20_000);
  const offered: number[] = [];
  const taken: number[] = [];
  const unsettled: { json: string; bytes: number }[] = [];
  for (let step = 1; step <= 3_000; step += 1) {
    const choice = random();
    if (choice < 0.6 && queue.offer(event(step, 'x'.repeat(Math.floor(random() * 300))))) offered.push(step);
    else if (choice < 0.8) {
      const batch = queue.take(1 + Math.floor(random() * 20), 3_000);
      taken.push(...sequences(batch));
      unsettled.push(...batch);
    } else queue.settle(unsettled.splice(0));
    expect(queue.bytes, `seed ${seed}`).toBeLessThanOrEqual(20_000);
    expect(queue.waiting, `seed ${seed}`).toBe(offered.length - taken.length);
  }
  queue.settle(unsettled);
  const rest = queue.take(1_000_000, 1_000_000_000);
  queue.settle(rest);
  expect([...taken, ...sequences(rest)], `seed ${seed}`).toEqual(offered);
  expect([queue.bytes, queue.waitingBytes]).toEqual([0, 0]);
});
