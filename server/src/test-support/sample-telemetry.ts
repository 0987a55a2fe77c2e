import type { AgentHealth, LogEvent, ProbeReport, ProbeStatus, SnapshotEvent } from '@sonde/protocol';

// What agents send, for tests.

export function logEvent(probeId: string, sequence: number, message = `line ${sequence}`): LogEvent {
  const timeNs = String(1_700_000_000_000_000_000n + BigInt(sequence));
  return { kind: 'log', probeId, probeVersion: 1, sequence, timeNs, thread: 'main', level: 'info', message };
}

export function snapshotEvent(probeId: string, sequence: number): SnapshotEvent {
  return {
    kind: 'snapshot',
    probeId,
    probeVersion: 1,
    sequence,
    timeNs: '1700000000000000000',
    thread: 'main',
    stack: [{ function: 'total', file: 'src/orders.ts', line: 7 }],
    locals: [{ name: 'order', value: { type: 'object', className: 'Order', fields: [] } }],
    watches: [{ expression: 'order.total', value: { type: 'number', text: '12' } }],
  };
}

export function report(probeId: string, status: ProbeStatus = 'installed'): ProbeReport {
  const counters = { reached: 0, conditionFalse: 0, captured: 0, throttled: 0, dropped: 0, failed: 0, spentNs: 0 };
  return { probeId, probeVersion: 1, status, bindings: [], counters };
}

export const health: AgentHealth = {
  eventLoopDelayMs: 1,
  heapBytes: 1_000,
  rssBytes: 2_000,
  cpuShare: 0.1,
  agentCpuShare: 0.001,
  queueBytes: 0,
  droppedEvents: 0,
};
