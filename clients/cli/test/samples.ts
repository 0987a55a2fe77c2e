import {
  type AgentRecord,
  type AgentReport,
  type CapturedValue,
  type CreateProbeResponse,
  defaultCaptureLimits,
  type Explanation,
  type Probe,
  type ProbeCounters,
  type ProbeRecord,
  type SnapshotEvent,
  type StoredEvent,
} from '@sonde/protocol';

export const nowMs = Date.UTC(2026, 0, 2, 3, 4, 5);

export const agentSample: AgentRecord = {
  id: 'a_00000001',
  instance: 'instance-1',
  runtime: 'node',
  runtimeVersion: 'v24.1.0',
  agentVersion: '0.1.0',
  service: 'shop',
  host: 'box',
  pid: 321,
  thread: 'main',
  root: '/srv/shop',
  startedAtMs: nowMs - 600_000,
  connectedAtMs: nowMs - 300_000,
  lastSeenAtMs: nowMs,
  tags: { env: 'prod', service: 'shop' },
  health: {
    eventLoopDelayMs: 1.25,
    heapBytes: 1,
    rssBytes: 1,
    cpuShare: 0.1,
    agentCpuShare: 0.0012,
    queueBytes: 0,
    droppedEvents: 0,
  },
};

const common = {
  id: 'p_00000001',
  version: 1,
  location: { file: 'src/orders.ts', line: 42 },
  limits: { maxHits: 1, maxHitsPerSecond: 10, capture: defaultCaptureLimits },
  expiresAtMs: nowMs + 3_600_000,
};

export const snapshotProbe: Probe = { ...common, kind: 'snapshot', watches: ['order.items.length'] };
export const logProbe: Probe = { ...common, kind: 'log', template: 'order {order.id}', level: 'info' };

export function recordOf(probe: Probe, over: Partial<ProbeRecord> = {}): ProbeRecord {
  return {
    probe,
    state: 'active',
    selector: {},
    createdAtMs: nowMs - 1_000,
    createdBy: 'admin',
    hits: 0,
    reports: [],
    ...over,
  };
}

export function reportOf(report: Partial<AgentReport['report']>, counters: Partial<ProbeCounters> = {}): AgentReport {
  const zero = { reached: 0, conditionFalse: 0, captured: 0, throttled: 0, dropped: 0, failed: 0, spentNs: 0 };
  return {
    agentId: 'a_00000001',
    service: 'shop',
    atMs: nowMs,
    report: {
      probeId: 'p_00000001',
      probeVersion: 1,
      status: 'installed',
      bindings: [{ file: 'src/orders.ts', line: 42, column: 5, mechanism: 'guard' }],
      ...report,
      counters: { ...zero, ...counters },
    },
  };
}

export const boundExplanation: Explanation = {
  outcome: 'bound',
  bindings: [{ file: 'src/orders.ts', line: 42, column: 5, mechanism: 'guard' }],
  gear: 'compiled',
  costNs: 2.1,
  hitCostNs: 50_400,
  names: ['order', 'total', 'this'],
  problems: [],
};

export function createdOf(record: ProbeRecord): CreateProbeResponse {
  return {
    record,
    explanations: [{ agentId: 'a_00000001', service: 'shop', explanation: boundExplanation }],
    silent: [],
    matching: 1,
  };
}

const orderValue: CapturedValue = {
  type: 'object',
  className: 'Order',
  id: 1,
  fields: [
    { name: 'id', value: { type: 'string', text: 'o-\u001b[31m1' } },
    { name: 'total', value: { type: 'number', text: '1250.5' } },
    { name: 'cardNumber', value: { type: 'string', missing: 'redacted' } },
    { name: 'label', value: { type: 'undefined', missing: 'getter' } },
    { name: 'customer', value: { type: 'object', className: 'Customer', size: 4, missing: 'depth' } },
    { name: 'note', value: { type: 'string', text: 'abc', size: 100_000_000, missing: 'size' } },
    {
      name: 'items',
      value: { type: 'array', size: 3, missing: 'count', elements: [{ type: 'bigint', text: '7' }, { type: 'null' }] },
    },
    {
      name: 'prices',
      value: {
        type: 'map',
        size: 1,
        entries: [{ key: { type: 'string', text: 'eur' }, value: { type: 'boolean', text: 'true' } }],
      },
    },
    { name: 'self', value: { type: 'object', className: 'Order', ref: 1 } },
  ],
};

export const snapshotEvent: SnapshotEvent = {
  kind: 'snapshot',
  probeId: 'p_00000001',
  probeVersion: 1,
  sequence: 1,
  timeNs: `${nowMs}000000`,
  thread: 'main',
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  stack: [
    { function: 'place', file: 'src/orders.ts', line: 42, column: 5 },
    { function: 'dispatch', file: 'node_modules/router/index.js', line: 10, column: 1 },
    { function: '', file: 'src/main.ts', line: 7, column: 3 },
    { function: 'emit', file: 'node:events', line: 500, column: 9 },
  ],
  locals: [
    { name: 'order', value: orderValue },
    { name: 'ok', value: { type: 'boolean', text: 'true' } },
  ],
  watches: [
    { expression: 'order.items.length', value: { type: 'number', text: '3' } },
    {
      expression: 'order.pay()',
      problem: { code: 'expression.side-effect', message: 'the call would write', range: { start: 0, end: 11 } },
    },
  ],
};

export function storedOf(event: StoredEvent['event'], id = 'e_00000001'): StoredEvent {
  return { id, agentId: 'a_00000001', service: 'shop', host: 'box', receivedAtMs: nowMs, event };
}

export function logEventOf(message: string): StoredEvent['event'] {
  return {
    kind: 'log',
    probeId: 'p_00000001',
    probeVersion: 1,
    sequence: 1,
    timeNs: `${nowMs}000000`,
    thread: 'main',
    level: 'warn',
    message,
  };
}
