import { problem } from '../problem.ts';
import { integer, oneOf, string } from '../schema/scalars.ts';
import type { Infer } from '../schema/schema.ts';
import { array, object, optional } from '../schema/structures.ts';
import { probeId } from './identifier.ts';
import { mechanisms } from './location.ts';

/** What an agent has made of a probe. */
export const probeStatuses = ['pending', 'installed', 'emitting', 'throttled', 'error', 'removed'] as const;
export type ProbeStatus = (typeof probeStatuses)[number];

const count = integer({ min: 0, max: Number.MAX_SAFE_INTEGER });

/** What happened at the line since the probe was installed. Every silence is explained by one of these. */
export const probeCounters = object({
  reached: count,
  conditionFalse: count,
  captured: count,
  throttled: count,
  dropped: count,
  failed: count,
  spentNs: count,
});
export type ProbeCounters = Infer<typeof probeCounters>;

/** One place in the running code where a probe stands. `generated` is there where the code that runs is not the source. */
export const binding = object({
  file: string({ max: 4_096 }),
  line: integer({ min: 1, max: 10_000_000 }),
  column: integer({ min: 1, max: 10_000_000 }),
  mechanism: oneOf(mechanisms),
  generated: optional(
    object({
      file: string({ max: 4_096 }),
      line: integer({ min: 1, max: 10_000_000 }),
      column: integer({ min: 1, max: 10_000_000 }),
    }),
  ),
  sourceHash: optional(string({ max: 64, pattern: /^[0-9a-f]{64}$/, description: 'SHA-256 of the file as loaded' })),
});
export type Binding = Infer<typeof binding>;

/** One agent's word on one probe. Sent whole each time: the last one is the truth. */
export const probeReport = object({
  probeId,
  probeVersion: integer({ min: 1, max: 1_000_000_000 }),
  status: oneOf(probeStatuses),
  problem: optional(problem),
  bindings: array(binding, { max: 100 }),
  counters: probeCounters,
});
export type ProbeReport = Infer<typeof probeReport>;
