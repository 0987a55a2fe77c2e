import { type ProblemDetail, problemDetail, protocolVersion } from '@sonde/protocol/agent';
import type { TransportResponse } from './transport.ts';

/**
 * What an answer means for what was asked.
 * `unknown-session`: open a new one. `denied`: a person must change something first. `refused`: this content will never
 * be taken. `unavailable`: try again.
 */
export type ServerAnswer =
  | { readonly kind: 'accepted'; readonly body: string }
  | SessionRefusal
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unavailable'; readonly reason: string };

/** An answer that ends the session, whatever was asked. */
export interface SessionRefusal {
  readonly kind: 'unknown-session' | 'denied';
  readonly reason: string;
}

const refusedStatuses: ReadonlySet<number> = new Set([400, 413, 415, 422]);

export function readAnswer(response: TransportResponse): ServerAnswer {
  const { status, protocol, body } = response;
  if (protocol !== undefined && protocol !== String(protocolVersion))
    return { kind: 'denied', reason: `the server speaks protocol ${protocol}, this agent ${protocolVersion}` };
  if (status >= 200 && status < 300) return { kind: 'accepted', body };
  const problem = readProblem(body);
  const reason = problem ? `${problem.code}: ${problem.detail}` : `status ${status}`;
  if (problem?.code === 'session.unknown') return { kind: 'unknown-session', reason };
  if (problem?.code === 'protocol.version' || status === 401 || status === 403) return { kind: 'denied', reason };
  // Not an answer of a Sonde server: something else listens there.
  if (status === 404 || status === 405) return { kind: 'denied', reason: `no Sonde server there (${reason})` };
  return refusedStatuses.has(status) ? { kind: 'refused', reason } : { kind: 'unavailable', reason };
}

function readProblem(body: string): ProblemDetail | undefined {
  try {
    return problemDetail.decode(JSON.parse(body));
  } catch {
    // Proxies answer in HTML; the status then says enough.
    return undefined;
  }
}
