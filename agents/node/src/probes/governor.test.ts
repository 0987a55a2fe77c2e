import { beforeEach, expect, it } from 'vitest';
import { type Governed, Governor } from './governor.ts';

class FakeProbe implements Governed {
  spent = 0;
  paused = 0;
  resumed = 0;
  spentNs = () => this.spent;
  pause = () => void this.paused++;
  resume = () => void this.resumed++;
}

let nowMs: number;
let timers: { readonly call: () => void; readonly atMs: number }[];
let governor: Governor;

beforeEach(() => {
  nowMs = 0;
  timers = [];
  governor = new Governor({
    now: () => nowMs,
    cpuShare: 0.01,
    later: (call, delayMs) => timers.push({ call, atMs: nowMs + delayMs }),
  });
});

function advance(toMs: number) {
  nowMs = toMs;
  const due = timers.filter(({ atMs }) => atMs <= nowMs);
  timers = timers.filter(({ atMs }) => atMs > nowMs);
  for (const { call } of due) call();
  governor.review();
}

it('lets probes be that stay within one percent of a core', () => {
  const probe = new FakeProbe();
  governor.add(probe);
  for (let second = 1; second <= 100; second++) {
    probe.spent += 9e6;
    advance(second * 1_000);
  }
  expect(probe.paused).toBe(0);
  expect(governor.share).toBeCloseTo(0.009);
});

it('lets the first hits cost what ten seconds of the share allow', () => {
  const probe = new FakeProbe();
  governor.add(probe);
  probe.spent = 99e6;
  advance(10);
  expect(probe.paused).toBe(0);
  probe.spent += 2e6;
  advance(20);
  expect(probe.paused).toBe(1);
});

it('pauses the costliest probe and leaves the others', () => {
  const cheap = new FakeProbe();
  const costly = new FakeProbe();
  governor.add(cheap);
  governor.add(costly);
  cheap.spent = 40e6;
  costly.spent = 80e6;
  advance(500);
  cheap.spent += 1e5;
  advance(600);
  expect([cheap.paused, costly.paused]).toEqual([0, 1]);
});

it('brings a paused probe back, later each time it overspends again', () => {
  const probe = new FakeProbe();
  governor.add(probe);
  probe.spent += 2e8;
  advance(100);
  expect(probe.paused).toBe(1);
  advance(1_099);
  expect(probe.resumed).toBe(0);
  advance(1_101);
  expect(probe.resumed).toBe(1);
  probe.spent += 3e7;
  advance(1_200);
  expect(probe.paused).toBe(2);
  advance(3_100);
  expect(probe.resumed).toBe(1);
  advance(3_201);
  expect(probe.resumed).toBe(2);
});

it('holds a probe that always overspends to the share in the long run', () => {
  const probe = new FakeProbe();
  governor.add(probe);
  let standing = true;
  probe.pause = () => {
    standing = false;
  };
  probe.resume = () => {
    standing = true;
  };
  for (let ms = 1; ms <= 600_000; ms++) {
    if (standing) probe.spent += 1e6;
    advance(ms);
  }
  expect(probe.spent).toBeLessThan(0.01 * 600_000 * 1e6);
});

it('does not bring back a probe that was removed meanwhile', () => {
  const probe = new FakeProbe();
  governor.add(probe);
  probe.spent = 2e8;
  advance(100);
  governor.remove(probe);
  advance(5_000);
  expect(probe.resumed).toBe(0);
});
