import { errorCode } from './error-code.ts';
import { integer, string } from './schema/scalars.ts';
import type { Infer } from './schema/schema.ts';
import { array, object, optional } from './schema/structures.ts';

/** Where in an expression or template something is wrong: offsets in UTF-16 units from 0, `end` exclusive. */
export const textRange = object({
  start: integer({ min: 0, max: 1_000_000 }),
  end: integer({ min: 0, max: 1_000_000 }),
});
export type TextRange = Infer<typeof textRange>;

/** One thing that is wrong with a probe, and what would be accepted instead. */
export const problem = object({
  code: errorCode,
  message: string({ min: 1, max: 2_000 }),
  field: optional(
    string({ max: 200, description: 'The part of the probe: location, condition, watches[1], template' }),
  ),
  range: optional(textRange),
  candidates: optional(array(string({ max: 4_096 }), { max: 50 })),
  nearestLines: optional(array(integer({ min: 1, max: 10_000_000 }), { max: 10 })),
});
export type Problem = Infer<typeof problem>;

/** The body of every refused request: RFC 9457, `application/problem+json`. */
export const problemDetail = object({
  type: string({ max: 200, description: 'urn:sonde:error: and the code' }),
  title: string({ max: 300 }),
  status: integer({ min: 400, max: 599 }),
  code: errorCode,
  detail: string({ max: 4_000 }),
  problems: optional(array(problem, { max: 50 })),
});
export type ProblemDetail = Infer<typeof problemDetail>;
