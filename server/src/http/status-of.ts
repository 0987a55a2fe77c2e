import type { ErrorCode } from '@sonde/protocol';

/** Codes whose status differs from that of their group. */
const special: { readonly [C in ErrorCode]?: number } = {
  'probe.unknown': 404,
  'event.unknown': 404,
  'session.unknown': 404,
  'request.unknown-route': 404,
  'request.method': 405,
  'request.too-large': 413,
  'request.origin': 403,
  'token.scope': 403,
  'probe.limit': 409,
  'server.internal': 500,
  'server.stopping': 503,
  'server.storage-full': 507,
};

/** A request that is wrong, a token that does not do, a probe that no agent can place: each group has one status. */
const groups: { readonly [group: string]: number } = { request: 400, protocol: 400, token: 401 };

export function statusOf(code: ErrorCode): number {
  return special[code] ?? groups[code.split('.')[0] ?? ''] ?? 422;
}
