import { expect, it } from 'vitest';
import { expandLogs } from './expand-logs.ts';
import type { LogHead } from './log-columns.ts';
import { LogGroup } from './log-group.ts';

const first: LogHead = { probeId: 'p_00000001', probeVersion: 1, level: 'info', thread: 'main' };
const second: LogHead = { probeId: 'p_00000002', probeVersion: 3, level: 'error', thread: 'main' };
const traceId = '0af7651916cd43dd8448eb211c80319c';
const spanId = 'b7ad6b7169203331';
const noSpan = { traceId: undefined, spanId: undefined };

function throughAnotherThread(group: LogGroup) {
  return expandLogs(structuredClone(group.columns()), (atMs) => String(atMs * 1_000));
}

it('gives back every line as it was, with and without a span', () => {
  const group = new LogGroup(4);
  group.add({ head: first, sequence: 1, atMs: 1, message: 'erste Zeile ✓', ...noSpan });
  group.add({ head: second, sequence: 2, atMs: 2.5, message: '', traceId, spanId });
  group.add({ head: first, sequence: 3, atMs: 3, message: 'last', traceId, spanId });
  expect(throughAnotherThread(group)).toEqual([
    { kind: 'log', ...first, sequence: 1, timeNs: '1000', message: 'erste Zeile ✓' },
    { kind: 'log', ...second, sequence: 2, timeNs: '2500', message: '', traceId, spanId },
    { kind: 'log', ...first, sequence: 3, timeNs: '3000', message: 'last', traceId, spanId },
  ]);
});

it('holds as many lines as it was made for, and none of them again after it was cleared', () => {
  const group = new LogGroup(2);
  group.add({ head: first, sequence: 1, atMs: 1, message: 'a', traceId, spanId });
  group.add({ head: first, sequence: 2, atMs: 1, message: 'b', traceId, spanId });
  expect(group.isFull).toBe(true);
  group.clear();
  group.add({ head: second, sequence: 3, atMs: 1, message: 'c', ...noSpan });
  expect(throughAnotherThread(group)).toEqual([{ kind: 'log', ...second, sequence: 3, timeNs: '1000', message: 'c' }]);
});
