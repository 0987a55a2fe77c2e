import { integer, number } from '../schema/scalars.ts';
import type { Infer } from '../schema/schema.ts';
import { object } from '../schema/structures.ts';

/** How much of a value is read. What lies beyond is not an error: the captured tree says what is missing and why. */
export const captureLimits = object({
  maxDepth: integer({ min: 0, max: 20 }),
  maxFields: integer({ min: 0, max: 10_000 }),
  maxElements: integer({ min: 0, max: 10_000 }),
  maxCharacters: integer({ min: 0, max: 1_000_000 }),
  maxBytes: integer({ min: 256, max: 1_048_576 }),
  timeoutMs: number({ min: 0.1, max: 100 }),
});
export type CaptureLimits = Infer<typeof captureLimits>;

/** How often a probe may speak. Beyond `maxHits` it is complete; beyond the rate, hits are counted as throttled. */
export const probeLimits = object({
  maxHits: integer({ min: 1, max: 1_000_000_000 }),
  maxHitsPerSecond: number({ min: 0.01, max: 10_000_000 }),
  capture: captureLimits,
});
export type ProbeLimits = Infer<typeof probeLimits>;

export const defaultCaptureLimits: CaptureLimits = {
  maxDepth: 3,
  maxFields: 50,
  maxElements: 100,
  maxCharacters: 1_000,
  maxBytes: 262_144,
  timeoutMs: 3,
};
