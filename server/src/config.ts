import type { SessionTimes } from './agents/agent-service.ts';
import { isLoopback } from './loopback.ts';
import { StartError } from './start-error.ts';

/** What whoever starts a server may say. */
export interface ServerOptions {
  /** The folder that holds everything; made when it is not there. */
  readonly data: string;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 7300; 0 takes a free one. */
  readonly port?: number;
  /** Without TLS whoever is on the way reads tokens and captured values; listening off loopback needs this said. */
  readonly insecureListen?: boolean;
  /** Names that callers may use for this server, beside `localhost` and its address. */
  readonly names?: readonly string[];
  readonly heartbeatMs?: number;
  readonly sessionTimeoutMs?: number;
  readonly retention?: {
    readonly maxAgeMs?: number;
    readonly maxBytes?: number;
    readonly checkEveryMs?: number;
  };
  /** Is told of what went wrong in the server itself. Default: standard error. */
  readonly report?: (error: unknown) => void;
}

export const defaultPort = 7_300;
const dayMs = 24 * 3_600_000;

export interface ServerConfig {
  readonly data: string;
  readonly host: string;
  readonly port: number;
  readonly names: readonly string[];
  readonly times: SessionTimes;
  readonly retention: { readonly maxAgeMs: number; readonly maxBytes: number; readonly checkEveryMs: number };
  readonly report: (error: unknown) => void;
}

/** Fills in the defaults; refuses what is not safe to do unasked. */
export function configOf(options: ServerOptions): ServerConfig {
  const { data, host = '127.0.0.1', port = defaultPort, names = [], report = writeError } = options;
  if (!isLoopback(host) && !options.insecureListen) {
    throw new StartError(
      'listen.insecure',
      `Listening on ${host} without TLS shows tokens and captured values to whoever is on the way`,
      'Listen on 127.0.0.1 and let a proxy with TLS forward to it, or say insecureListen',
    );
  }
  return {
    data,
    host,
    port,
    names,
    times: { heartbeatMs: options.heartbeatMs ?? 5_000, sessionTimeoutMs: options.sessionTimeoutMs ?? 15_000 },
    retention: { maxAgeMs: 7 * dayMs, maxBytes: 2 * 1_073_741_824, checkEveryMs: 60_000, ...options.retention },
    report,
  };
}

function writeError(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`sonde server: ${text}\n`);
}
