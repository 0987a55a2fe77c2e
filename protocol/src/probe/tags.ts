import { string } from '../schema/scalars.ts';
import type { Infer } from '../schema/schema.ts';
import { record } from '../schema/structures.ts';

/** Labels an agent carries. Keys are short words, values short text. */
export const tags = record(string({ max: 300 }), { max: 50, maxKey: 100 });
export type Tags = Infer<typeof tags>;
