import type { AgentEvent, AgentHealth, Command, Explanation, ProbeReport, SessionRequest } from '@sonde/protocol/agent';

/** What the delivery worker is started with. */
export interface DeliveryOptions {
  readonly url: string;
  readonly token: string;
  readonly session: SessionRequest;
  /** Shared with the application's thread; see `DeliveryGauge`. */
  readonly gauge: SharedArrayBuffer;
  /** How much may wait for the server before events are dropped. */
  readonly maxQueueBytes: number;
}

/** Indexes into the shared `Int32Array`: how two threads that may not wait for each other still know of each other. */
export const deliveryGauge = {
  /** Bytes that wait in the worker, written by the worker. */
  queueBytes: 0,
  /** 1 while a session is open. */
  connected: 1,
  /** Number of the last flush request the worker has finished; the exiting thread waits on it with `Atomics.wait`. */
  flushed: 2,
  length: 4,
} as const;

/** From the application's thread to the worker. */
export type ToWorker =
  | { readonly kind: 'events'; readonly events: readonly AgentEvent[]; readonly dropped: number }
  | { readonly kind: 'statuses'; readonly reports: readonly ProbeReport[] }
  | { readonly kind: 'health'; readonly health: Omit<AgentHealth, 'queueBytes' | 'droppedEvents'> }
  | { readonly kind: 'answer'; readonly askId: string; readonly explanation: Explanation }
  /** Send what is queued now, then write `flush` into the gauge and notify; the process is about to end. */
  | { readonly kind: 'flush'; readonly flush: number; readonly leave: boolean }
  | { readonly kind: 'set-breakpoints'; readonly breakpoints: readonly BreakpointRequest[] };

/** From the worker to the application's thread. */
export type ToApplication =
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'breakpoint-set'; readonly key: string; readonly line: number; readonly column: number }
  | { readonly kind: 'breakpoint-failed'; readonly key: string; readonly message: string }
  | { readonly kind: 'diagnostic'; readonly message: string };

/**
 * One breakpoint that should stand. The list is always whole: what is not in it is taken away. `condition` is evaluated
 * by V8 in the frame; it captures and yields false, so that nothing pauses. Lines and columns count from 1, in the code
 * as V8 has it.
 */
export interface BreakpointRequest {
  readonly key: string;
  readonly url: string;
  readonly line: number;
  readonly column?: number;
  readonly condition: string;
}
