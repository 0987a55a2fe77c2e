import type { ProbeState } from '@sonde/protocol';
import type { TokenKind } from '../../access/token.ts';

/**
 * The tables of the state store, in the subset that SQLite and PostgreSQL share: text ids, times in milliseconds as
 * integers, JSON as text.
 */
export interface StateTables {
  tokens: {
    id: string;
    kind: TokenKind;
    name: string;
    hash: string;
    created_at_ms: number;
    expires_at_ms: number;
  };
  probes: {
    id: string;
    /** Grows with each probe; what makes the newest of one millisecond the newest. */
    ordinal: number;
    state: ProbeState;
    created_at_ms: number;
    created_by: string;
    ended_at_ms: number | null;
    /** JSON */
    selector: string;
    /** JSON */
    definition: string;
  };
  probe_hits: { probe_id: string; hits: number };
  probe_reports: { probe_id: string; agent_id: string; service: string; at_ms: number; report: string };
}
