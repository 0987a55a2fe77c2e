import { askId } from '../probe/identifier.ts';
import { location } from '../probe/location.ts';
import { probe, probeDraft } from '../probe/probe.ts';
import { integer } from '../schema/scalars.ts';
import type { Infer } from '../schema/schema.ts';
import { array, optional, variant } from '../schema/structures.ts';
import { policy } from './session.ts';

/**
 * `GET /agent/v1/sessions/{id}/commands`, server-sent events: `event:` is the kind, `data:` the whole message.
 * `probes` is always the full desired set; an agent reconciles to it and forgets what it had before.
 */
export const command = variant('kind', {
  probes: { revision: integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), probes: array(probe, { max: 10_000 }) },
  policy: { policy },
  explain: { askId, location, draft: optional(probeDraft) },
  detach: {},
});
export type Command = Infer<typeof command>;
export type CommandKind = Command['kind'];

/** The server writes a comment this often; an agent that hears nothing for `silenceMs` reconnects. */
export const keepAliveMs = 15_000;
export const silenceMs = 45_000;
