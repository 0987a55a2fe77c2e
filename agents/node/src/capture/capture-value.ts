import type { CapturedField, CapturedValue, CaptureLimits } from '@sonde/protocol/agent';
import { define, mapGet, mapSet, objectIs, slice, symbolDescription, toText, trunc } from '../intrinsics/intrinsics.ts';
import type { Redaction } from '../redaction/redaction.ts';
import { captureContainer } from './capture-container.ts';
import { captureShort, captureString } from './capture-text.ts';
import { type CaptureWalk, fieldBytes, redactedValue, stubBytes, take } from './capture-walk.ts';
import { encodedLength } from './encoded-length.ts';
import { valueTypeOf } from './value-type.ts';

/** Reads the values of one snapshot: locals and watches share its bytes, its time and its numbering of objects. */
export interface CaptureSession {
  readonly captureValue: (value: unknown) => CapturedValue;
  /** One field for each name, in order, each with a fair share of what is left. */
  readonly captureLocals: (names: readonly string[], values: readonly unknown[]) => readonly CapturedField[];
}

export interface Capture {
  readonly begin: (limits: CaptureLimits) => CaptureSession;
}

interface Met {
  readonly depth: number;
  id: number;
  node: CapturedValue | undefined;
}

/** Beyond this a number's digits take longer to make than a snapshot may take: `toString` is quadratic for some. */
const largestBigint = 2n ** 1024n;

export function createCapture(options: { readonly redaction: Redaction; readonly nowMs: () => number }): Capture {
  const huge = new WeakSet<object>();
  return { begin: (limits) => createSession(limits, options.redaction, options.nowMs, huge) };
}

function createSession(
  limits: CaptureLimits,
  redaction: Redaction,
  nowMs: () => number,
  huge: WeakSet<object>,
): CaptureSession {
  const met = new Map<object, Met>();
  let lastId = 0;

  function descend(value: unknown, depth: number): CapturedValue {
    const type = valueTypeOf(value);
    switch (type) {
      case 'undefined':
      case 'null':
      case 'proxy':
        return { type };
      case 'boolean':
      case 'number':
        return captureShort(walk, type, objectIs(value, -0) ? '-0' : toText(value));
      case 'string':
        return captureString(walk, value as string);
      case 'bigint':
        return captureBigint(walk, value as bigint);
      case 'symbol':
        return captureShort(walk, type, `Symbol(${slice(symbolDescription(value as symbol) ?? '', 0, 200)})`);
      default:
        return captureObject(value as object, type, depth);
    }
  }

  function captureObject(value: object, type: CapturedValue['type'], depth: number): CapturedValue {
    const before = mapGet(met, value);
    // Met deeper down, where the depth limit cut it, and now nearer: worth reading.
    if (before !== undefined && !(before.node?.missing === 'depth' && depth < before.depth)) return refer(before, type);
    const entry: Met = { depth, id: 0, node: undefined };
    mapSet(met, value, entry);
    let node: CapturedValue;
    try {
      node = captureContainer(walk, value, type, depth);
    } catch {
      // Nothing above throws by itself; an object of the host (or a stack with no room left) may.
      node = { type, missing: 'error' };
    }
    entry.node = node;
    if (entry.id !== 0) setId(node, entry.id);
    return node;
  }

  function refer(before: Met, type: CapturedValue['type']): CapturedValue {
    if (before.id === 0) {
      lastId += 1;
      before.id = lastId;
      if (before.node !== undefined) setId(before.node, before.id);
    }
    return { type, ref: before.id };
  }

  const startedMs = nowMs();
  const walk: CaptureWalk = {
    limits,
    redaction,
    nowMs,
    deadlineMs: startedMs + limits.timeoutMs,
    askedMs: startedMs,
    forgivenMs: 0,
    heavy: false,
    huge,
    bytes: limits.maxBytes,
    descend,
  };

  return {
    captureValue: (value) =>
      take(walk, stubBytes) ? descend(value, 0) : { type: valueTypeOf(value), missing: 'size' },
    captureLocals: (names, values) => captureLocals(walk, names, values),
  };
}

function captureLocals(walk: CaptureWalk, names: readonly string[], values: readonly unknown[]): CapturedField[] {
  const fields: CapturedField[] = [];
  // Every local is named, whatever the first ones cost.
  for (let index = 0; index < names.length; index += 1) {
    walk.bytes -= fieldBytes + stubBytes + encodedLength(names[index] as string);
  }
  for (let index = 0; index < names.length; index += 1) {
    const name = names[index] as string;
    const value = values[index];
    const kept = walk.bytes > 0 ? walk.bytes - trunc(walk.bytes / (names.length - index)) : 0;
    walk.bytes -= kept;
    const redacted = walk.redaction.isRedactedName(name);
    fields[index] = { name, value: redacted ? redactedValue(valueTypeOf(value)) : walk.descend(value, 0) };
    walk.bytes += kept;
  }
  return fields;
}

function captureBigint(walk: CaptureWalk, value: bigint): CapturedValue {
  if (value > largestBigint || value < -largestBigint) return { type: 'bigint', missing: 'size' };
  return captureShort(walk, 'bigint', toText(value));
}

function setId(node: CapturedValue, id: number): void {
  define(node, 'id', { __proto__: null, value: id, enumerable: true, writable: true, configurable: true } as object);
}
