import { string } from '../schema/scalars.ts';

/** Ids say what they name by their first letter: `p_` probe, `a_` agent, `s_` session, `e_` event, `k_` ask. */
function identifier(prefix: string) {
  return string({ max: 40, pattern: new RegExp(`^${prefix}_[0-9a-z]{8,32}$`) });
}

export const probeId = identifier('p');
export const agentId = identifier('a');
export const sessionId = identifier('s');
export const eventId = identifier('e');
export const askId = identifier('k');
