import type { AgentEvent } from '@sonde/protocol/agent';
import type { SpanIdentity } from '../correlation/active-span.ts';
import type { LogLine } from '../delivery/log-columns.ts';

/** What every event needs from its surroundings. */
export interface EventOutlet {
  /** Milliseconds with a fraction, counting up: `performance.now()` of the process. */
  readonly now: () => number;
  /** What that reading is in nanoseconds since 1970, as the wire writes it. */
  readonly toTimeNs: (atMs: number) => string;
  readonly thread: string;
  /** Counts the events of the process from 1. */
  readonly nextSequence: () => number;
  readonly activeSpan: () => SpanIdentity | undefined;
  /** False: there was no room for it, and it is gone. */
  readonly emit: (event: AgentEvent) => boolean;
  /** The same for a line of a dynamic log, which is handed on without becoming an event first. */
  readonly emitLog: (line: LogLine) => boolean;
}
