/** No answer came: nothing listens there, the connection broke, or the time for an answer was used up. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
  readonly url: string;
  readonly reason: string;
  readonly nextStep: string;

  constructor(url: string, reason: string, cause?: unknown) {
    super(`no Sonde server answers at ${url}: ${reason}`, { cause });
    this.url = url;
    this.reason = reason;
    this.nextStep = 'start a server with `sonde up`, or name the one you mean with --url or SONDE_URL';
  }
}

const reasons: { readonly [code: string]: string } = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was closed before the answer was complete',
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the host name could not be looked up',
  EHOSTUNREACH: 'there is no way to that host',
  ETIMEDOUT: 'the host does not react',
  UND_ERR_SOCKET: 'the connection was closed before the answer was complete',
  UND_ERR_CONNECT_TIMEOUT: 'the host does not react',
};

/** `fetch` says only "fetch failed"; what happened stands in the cause, for several addresses in the causes of that. */
export function connectionReason(error: unknown): string {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; depth += 1) {
    const code = 'code' in at && typeof at.code === 'string' ? at.code : undefined;
    if (code) return reasons[code] ?? code;
    if (!(at.cause instanceof Error)) return at.message;
    at = at.cause;
  }
  return String(error);
}
