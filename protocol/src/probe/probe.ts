import { integer, oneOf, string } from '../schema/scalars.ts';
import type { Infer } from '../schema/schema.ts';
import { array, optional, variant } from '../schema/structures.ts';
import { probeId } from './identifier.ts';
import { probeLimits } from './limits.ts';
import { location } from './location.ts';

/** The application's own language. Bounded so that parsing it can cost the application nothing that shows. */
export const expression = string({ min: 1, max: 2_000 });

export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export const logLevel = oneOf(logLevels);
export type LogLevel = Infer<typeof logLevel>;

const common = {
  id: probeId,
  version: integer({ min: 1, max: 1_000_000_000 }),
  location,
  condition: optional(expression),
  limits: probeLimits,
  expiresAtMs: integer({
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    description: 'Milliseconds since 1970, by the agent’s clock',
  }),
};

const kinds = {
  snapshot: { watches: array(expression, { max: 32 }) },
  log: { template: string({ min: 1, max: 4_000, description: 'Text with {expression}' }), level: logLevel },
};

/** Everything an agent needs to stand on a line; a newer version replaces an older one whole. */
export const probe = variant('kind', {
  snapshot: { ...common, ...kinds.snapshot },
  log: { ...common, ...kinds.log },
});
export type Probe = Infer<typeof probe>;
export type ProbeKind = Probe['kind'];
export const probeKinds = ['snapshot', 'log'] as const satisfies readonly ProbeKind[];

/** What the author of a probe says of it: a probe before it has an id, limits and an end. */
export const probeDraft = variant('kind', {
  snapshot: { location, condition: optional(expression), ...kinds.snapshot },
  log: { location, condition: optional(expression), ...kinds.log },
});
export type ProbeDraft = Infer<typeof probeDraft>;
