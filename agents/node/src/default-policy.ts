import { defaultCaptureLimits, type Policy } from '@sonde/protocol/agent';

/** What an agent goes by until the server says otherwise: one percent of a core, and the built-in list of names. */
export const defaultPolicy: Policy = {
  redaction: { version: 0, names: [], exceptNames: [] },
  limits: {
    cpuShare: 0.01,
    maxEventsPerSecond: 10_000,
    maxBytesPerSecond: 10_000_000,
    maxQueueBytes: 16_777_216,
    capture: { ...defaultCaptureLimits, maxDepth: 10, maxFields: 1_000, maxElements: 1_000, maxCharacters: 100_000 },
  },
};
