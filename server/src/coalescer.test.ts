import { expect, it } from 'vitest';
import { Coalescer } from './coalescer.ts';
import { FakeClock } from './fake-clock.ts';

it('runs at once, then once per interval for each key however often it is asked', () => {
  const clock = new FakeClock();
  const runs: string[] = [];
  const coalescer = new Coalescer<string>(clock, 250, (key) => runs.push(key));
  for (let i = 0; i < 5; i += 1) coalescer.ask('a');
  coalescer.ask('b');
  expect(runs.join('')).toBe('ab');
  clock.advance(249);
  expect(runs.join('')).toBe('ab');
  clock.advance(1);
  expect(runs.join('')).toBe('aba');
  clock.advance(1_000);
  expect(runs.join('')).toBe('aba');
  expect(clock.pending).toBe(0);
});

it('runs nothing after it was stopped', () => {
  const clock = new FakeClock();
  let runs = 0;
  const coalescer = new Coalescer(clock, 10, () => {
    runs += 1;
  });
  coalescer.ask('a');
  coalescer.ask('a');
  coalescer.stop();
  clock.advance(100);
  expect(runs).toBe(1);
  expect(clock.pending).toBe(0);
});
