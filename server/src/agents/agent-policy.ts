import { defaultCaptureLimits, type Policy } from '@sonde/protocol';

/** What every agent is told of its bounds. The agent's own list of names to mask is on in any case. */
export const defaultPolicy: Policy = {
  redaction: { version: 1, names: [], exceptNames: [] },
  limits: {
    cpuShare: 0.01,
    maxEventsPerSecond: 10_000,
    maxBytesPerSecond: 10_000_000,
    maxQueueBytes: 8 * 1_048_576,
    capture: { ...defaultCaptureLimits, maxDepth: 10, maxFields: 1_000, maxElements: 1_000, maxCharacters: 100_000 },
  },
};
