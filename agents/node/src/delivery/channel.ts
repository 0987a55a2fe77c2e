import type { AgentEvent, AgentHealth, Command, Explanation, ProbeReport, SessionRequest } from '@sonde/protocol/agent';
import type { LogColumns } from './log-columns.ts';

/** What the delivery worker is started with. */
export interface DeliveryOptions {
  readonly url: string;
  readonly token: string;
  readonly session: SessionRequest;
  /** Shared with the application's thread; see `deliveryGauge`. */
  readonly gauge: SharedArrayBuffer;
  /** `performance.timeOrigin` of the application's thread: its times are counted from there. */
  readonly timeOriginMs: number;
  /** How much may wait for the server before events are dropped. */
  readonly maxQueueBytes: number;
}

/** Indexes into the shared `Int32Array`: how two threads that may not wait for each other still know of each other. */
export const deliveryGauge = {
  /**
   * Bytes that wait anywhere: added by the application's thread as an estimate when it emits, corrected by the worker
   * when it encodes, taken off when the server has them or they are dropped.
   */
  queueBytes: 0,
  /** 1 while a session is open and the server answered last time. */
  connected: 1,
  /** Number of the last flush request the worker has finished; the exiting thread waits on it with `Atomics.wait`. */
  flushed: 2,
  /** Events the worker is done with, delivered or dropped: what is missing when a worker dies is lost. Wraps around. */
  settledEvents: 3,
  /** Events that were dropped by either thread since the process started. */
  droppedEvents: 4,
  /** Number of the last `statuses` message whose reports the server has. */
  deliveredReports: 5,
  /** 1 while the worker holds an inspector session: it must be closed before the process exits. */
  inspecting: 6,
  length: 8,
} as const;

/** From the application's thread to the worker. */
export type ToWorker =
  /** `bytes` is the estimate that the application's thread has added to the gauge for these events. */
  | { readonly kind: 'events'; readonly events: readonly AgentEvent[]; readonly bytes: number }
  /** Lines of dynamic logs, see `LogColumns`. */
  | { readonly kind: 'logs'; readonly columns: LogColumns; readonly bytes: number }
  | { readonly kind: 'statuses'; readonly number: number; readonly reports: readonly ProbeReport[] }
  | { readonly kind: 'health'; readonly health: ApplicationHealth }
  | { readonly kind: 'answer'; readonly askId: string; readonly explanation: Explanation }
  /** Send what is queued now, then write `flush` into the gauge and notify; the process is about to end. */
  | { readonly kind: 'flush'; readonly flush: number; readonly leave: boolean }
  | { readonly kind: 'set-breakpoints'; readonly breakpoints: readonly BreakpointRequest[] };

/** What the application's thread knows of its health; the worker adds what waits and what was dropped. */
export type ApplicationHealth = Omit<AgentHealth, 'queueBytes' | 'droppedEvents'>;

/** From the worker to the application's thread. A session that opens is followed by a `policy` command. */
export type ToApplication =
  | { readonly kind: 'command'; readonly command: Command }
  | BreakpointReport
  | { readonly kind: 'diagnostic'; readonly message: string };

/** Where a breakpoint stands, or why it does not. There is no report while its script is not loaded. */
export type BreakpointReport =
  | { readonly kind: 'breakpoint-set'; readonly key: string; readonly line: number; readonly column: number }
  | { readonly kind: 'breakpoint-failed'; readonly key: string; readonly message: string };

/**
 * One breakpoint that should stand. The list is always whole: what is not in it is taken away. `condition` is evaluated
 * by V8 in the frame; it captures and yields false, so that nothing pauses. Lines and columns count from 1, in the code
 * as V8 has it. `url` is a file URL or a path: V8 names some scripts by the one, some by the other; both are tried.
 */
export interface BreakpointRequest {
  readonly key: string;
  readonly url: string;
  readonly line: number;
  readonly column?: number;
  readonly condition: string;
}
