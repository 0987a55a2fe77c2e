import type { ProbeRecord, ServerInfo, StoredEvent } from '@sonde/protocol';

export const serverInfoSample: ServerInfo = { version: '0.1.0', protocol: 1, startedAtMs: 1, storage: 'sqlite' };

export const probeRecordSample: ProbeRecord = {
  probe: {
    kind: 'snapshot',
    id: 'p_00000001',
    version: 1,
    location: { file: 'src/orders.ts', line: 42 },
    watches: [],
    limits: {
      maxHits: 1,
      maxHitsPerSecond: 1,
      capture: {
        maxDepth: 3,
        maxFields: 50,
        maxElements: 100,
        maxCharacters: 1_000,
        maxBytes: 262_144,
        timeoutMs: 3,
      },
    },
    expiresAtMs: 3_600_000,
  },
  state: 'active',
  selector: {},
  createdAtMs: 1,
  createdBy: 'admin',
  hits: 0,
  reports: [],
};

export function storedLog(id: string, message: string): StoredEvent {
  return {
    id,
    agentId: 'a_00000001',
    service: 'shop',
    host: 'box',
    receivedAtMs: 1,
    event: {
      kind: 'log',
      probeId: 'p_00000001',
      probeVersion: 1,
      sequence: 1,
      timeNs: '1000000',
      thread: 'main',
      level: 'info',
      message,
    },
  };
}
