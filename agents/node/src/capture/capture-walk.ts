import type { CapturedValue, CaptureLimits, ValueType } from '@sonde/protocol/agent';
import type { Redaction } from '../redaction/redaction.ts';

/**
 * What one snapshot may still spend, shared by all its locals and watches. `bytes` and `deadlineMs` only fall; the
 * readers of the single kinds of value take from it before they read.
 */
export interface CaptureWalk {
  readonly limits: CaptureLimits;
  readonly redaction: Redaction;
  readonly deadlineMs: number;
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

export function isLate(walk: CaptureWalk): boolean {
  return walk.nowMs() > walk.deadlineMs;
}

export function redactedValue(type: ValueType): CapturedValue {
  return { type, missing: 'redacted' };
}
