import { integer, string } from '../schema/scalars.ts';
import type { Infer } from '../schema/schema.ts';
import { object, optional } from '../schema/structures.ts';

/** A place in the source as its author sees it. Lines and columns count from 1. */
export const location = object({
  file: string({ min: 1, max: 4_096, description: 'A path or the end of one: src/orders.ts' }),
  line: integer({ min: 1, max: 10_000_000 }),
  column: optional(integer({ min: 1, max: 1_000_000 })),
});
export type Location = Infer<typeof location>;

/** How an agent stands on a line. */
export const mechanisms = ['guard', 'breakpoint'] as const;
export type Mechanism = (typeof mechanisms)[number];
