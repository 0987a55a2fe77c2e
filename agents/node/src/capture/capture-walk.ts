import type { CapturedValue, CaptureLimits, ValueType } from '@sonde/protocol/agent';
import type { Redaction } from '../redaction/redaction.ts';

/**
 * What one snapshot may still spend, shared by all its locals and watches. `bytes` only falls; the
 * readers of the single kinds of value take from it before they read.
 */
export interface CaptureWalk {
  readonly limits: CaptureLimits;
  readonly redaction: Redaction;
  deadlineMs: number;
  /** When the clock was last read. */
  askedMs: number;
  /** What of the time was not the capture's own, and was given back. */
  forgivenMs: number;
  /** Something long was done on purpose since the clock was last read: its time counts. */
  heavy: boolean;
  readonly nowMs: () => number;
  /** Objects whose keys were once too many to list in time: listing cannot be stopped half-way, so it happens once. */
  readonly huge: WeakSet<object>;
  bytes: number;
  /** Reads one value. Its `stubBytes` are already paid by the caller. */
  readonly descend: (value: unknown, depth: number) => CapturedValue;
}

/** Upper bound of `{"type":"undefined","missing":"unavailable"},`: what a value costs when nothing of it is read. */
export const stubBytes = 48;
/** Upper bound of what a container adds: its list, `size`, `missing`, `id`. */
export const containerBytes = 80;
/** Upper bound of `{"name":"","value":}` and its comma; the same for an entry's `{"key":,"value":}`. */
export const fieldBytes = 24;
/** `"text":"",`, or the same for `className`, with quotes. */
export const labelBytes = 16;

/** Takes what something will cost, or says that it does not fit. */
export function take(walk: CaptureWalk, bytes: number): boolean {
  if (walk.bytes < bytes) return false;
  walk.bytes -= bytes;
  return true;
}

/**
 * Whether the time is used up. The clock is read every few fields, some microseconds apart; where much more has passed,
 * another process or the garbage collector had the processor, and that is not taken from the capture: on a busy machine it would come
 * back empty. Up to a bound, because the application waits meanwhile all the same.
 */
export function isLate(walk: CaptureWalk): boolean {
  const nowMs = walk.nowMs();
  const gapMs = nowMs - walk.askedMs;
  walk.askedMs = nowMs;
  if (gapMs > longestStepMs && !walk.heavy && walk.forgivenMs < mostForgivenMs) {
    walk.forgivenMs += gapMs;
    walk.deadlineMs += gapMs;
  }
  walk.heavy = false;
  return nowMs > walk.deadlineMs;
}

/** Nothing that is done between two readings takes as long, but for listing the keys of a large object. */
const longestStepMs = 0.25;
const mostForgivenMs = 50;

export function redactedValue(type: ValueType): CapturedValue {
  return { type, missing: 'redacted' };
}
