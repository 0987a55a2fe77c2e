import { type CreateProbeRequest, defaultCaptureLimits, type ProbeKind, type ProbeLimits } from '@sonde/protocol';

/** One snapshot mostly answers the question; a log is read as it runs. */
const byKind: { readonly [K in ProbeKind]: Pick<ProbeLimits, 'maxHits' | 'maxHitsPerSecond'> } = {
  snapshot: { maxHits: 1, maxHitsPerSecond: 10 },
  log: { maxHits: 100_000, maxHitsPerSecond: 1_000 },
};

export const defaultExpiryMs = 3_600_000;

export function limitsFor(kind: ProbeKind, asked: CreateProbeRequest['limits']): ProbeLimits {
  return { capture: defaultCaptureLimits, ...byKind[kind], ...asked };
}
