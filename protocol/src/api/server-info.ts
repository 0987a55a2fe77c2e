import { integer, string } from '../schema/scalars.ts';
import type { Infer } from '../schema/schema.ts';
import { object } from '../schema/structures.ts';

export const serverInfo = object({
  version: string({ max: 100 }),
  protocol: integer({ min: 1, max: 1_000 }),
  startedAtMs: integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  storage: string({ max: 100, description: 'The engine: sqlite' }),
});
export type ServerInfo = Infer<typeof serverInfo>;
