import type { ProbeReport } from '@sonde/protocol/agent';
import { expect, it } from 'vitest';
import { createStatusBoard } from './status-board.ts';

const report = (probeId: string, status: ProbeReport['status']): ProbeReport => ({
  probeId,
  probeVersion: 1,
  status,
  bindings: [],
  counters: { reached: 0, conditionFalse: 0, captured: 0, throttled: 0, dropped: 0, failed: 0, spentNs: 0 },
});

it('gives the last word on each probe, once', () => {
  const board = createStatusBoard();
  board.update(1, [report('p_a', 'pending'), report('p_b', 'installed')]);
  board.update(2, [report('p_a', 'installed')]);
  expect(board.takeUnsent(10)).toEqual([report('p_a', 'installed'), report('p_b', 'installed')]);
  expect(board.takeUnsent(10)).toEqual([]);
  expect(board.lastNumber).toBe(2);
});

it('gives at most what a batch takes', () => {
  const board = createStatusBoard();
  board.update(1, [report('p_a', 'pending'), report('p_b', 'pending'), report('p_c', 'pending')]);
  expect(board.takeUnsent(2)).toHaveLength(2);
  expect(board.hasUnsent).toBe(true);
  expect(board.takeUnsent(2)).toHaveLength(1);
  expect(board.hasUnsent).toBe(false);
});

it('gives every probe again to a new session', () => {
  const board = createStatusBoard();
  board.update(1, [report('p_a', 'emitting')]);
  board.delivered(board.takeUnsent(10));
  board.markAllUnsent();
  expect(board.takeUnsent(10)).toEqual([report('p_a', 'emitting')]);
});

it('forgets a removed probe once the server knows, unless it has come back meanwhile', () => {
  const board = createStatusBoard();
  board.update(1, [report('p_a', 'removed'), report('p_b', 'removed')]);
  const sent = board.takeUnsent(10);
  board.update(2, [report('p_b', 'installed')]);
  board.delivered(sent);
  board.markAllUnsent();
  expect(board.takeUnsent(10)).toEqual([report('p_b', 'installed')]);
});
