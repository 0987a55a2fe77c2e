import type { LogLevel } from '@sonde/protocol/agent';

/** What all lines of a probe have in common. */
export interface LogHead {
  readonly probeId: string;
  readonly probeVersion: number;
  readonly level: LogLevel;
  readonly thread: string;
}

export interface LogLine {
  readonly head: LogHead;
  readonly sequence: number;
  /** `performance.now()` when the line ran. */
  readonly atMs: number;
  readonly message: string;
  readonly traceId: string | undefined;
  readonly spanId: string | undefined;
}

/**
 * Lines of dynamic logs by columns. Copying an event to another thread as an object takes microseconds; copying its
 * part of a few long columns takes less than formatting it did. Column `i` of each belongs to one line.
 */
export interface LogColumns {
  readonly count: number;
  readonly heads: readonly LogHead[];
  /** Into `heads`. */
  readonly head: Uint16Array;
  readonly sequence: Float64Array;
  readonly atMs: Float64Array;
  /** All messages one after the other; `end` says where each ends. */
  readonly text: string;
  readonly end: Uint32Array;
  /** Trace and span id, 48 characters, of each line for which `spanned` is 1, one after the other. */
  readonly spans: string;
  readonly spanned: Uint8Array;
}
