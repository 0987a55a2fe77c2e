import { binding } from '../probe/status.ts';
import { problem } from '../problem.ts';
import { integer, number, oneOf, string } from '../schema/scalars.ts';
import type { Infer } from '../schema/schema.ts';
import { array, object, optional } from '../schema/structures.ts';

/** How the expressions of a probe would be evaluated: `none` when it has none. */
export const gears = ['none', 'compiled', 'sandboxed'] as const;
export type Gear = (typeof gears)[number];

/**
 * `POST /agent/v1/sessions/{id}/answers/{askId}`: what would become of a probe, before it is placed. `bound`: it would
 * stand on the bindings. `pending`: the file exists but is not loaded. `refused`: `problems` say why.
 */
export const explanation = object({
  outcome: oneOf(['bound', 'pending', 'refused']),
  bindings: array(binding, { max: 100 }),
  gear: oneOf(gears),
  costNs: optional(number({ min: 0, max: 1e12, description: 'Expected for one hit whose condition holds not' })),
  hitCostNs: optional(number({ min: 0, max: 1e12, description: 'Expected for one hit that sends an event' })),
  names: array(string({ max: 1_000 }), { max: 10_000 }),
  problems: array(problem, { max: 50 }),
  note: optional(string({ max: 1_000, description: 'Why this mechanism, in words for a person' })),
  loadedFiles: optional(integer({ min: 0, max: 10_000_000 })),
});
export type Explanation = Infer<typeof explanation>;
