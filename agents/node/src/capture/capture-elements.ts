import type { CapturedEntry, CapturedValue, MissingReason } from '@sonde/protocol/agent';
import { hasOwn, mapEntries, mapNext, ownDescriptor, setNext, setValues } from '../intrinsics/intrinsics.ts';
import { type CaptureWalk, fieldBytes, isLate, redactedValue, stubBytes, take } from './capture-walk.ts';
import { valueTypeOf } from './value-type.ts';

export interface CapturedList<Item> {
  readonly items: Item[];
  readonly missing: MissingReason | undefined;
}

const timeEvery = 16;
/** Header names and form fields are short; longer strings in a list are data. */
const maxNameLength = 40;

/** The first elements of an array or arguments object. Holes and accessors are said, not run. Not for proxies. */
export function captureElements(
  walk: CaptureWalk,
  target: object,
  length: number,
  depth: number,
): CapturedList<CapturedValue> {
  const items: CapturedValue[] = [];
  let previous: unknown;
  for (let index = 0; index < length; index += 1) {
    const missing = reasonToStop(walk, index, stubBytes);
    if (missing !== undefined) return { items, missing };
    const descriptor = ownDescriptor(target, index);
    if (descriptor === undefined) {
      items[index] = { type: 'undefined', missing: 'unavailable' };
      previous = undefined;
    } else if (!hasOwn(descriptor, 'value')) {
      items[index] = { type: 'undefined', missing: 'getter' };
      previous = undefined;
    } else {
      const { value } = descriptor;
      items[index] = follows(walk, previous) ? redactedValue(valueTypeOf(value)) : walk.descend(value, depth + 1);
      previous = value;
    }
  }
  return { items, missing: undefined };
}

/** `['authorization', 'Bearer …']` and the flat `rawHeaders` of Node: what follows a redacted name is redacted. */
function follows(walk: CaptureWalk, previous: unknown): boolean {
  return (
    typeof previous === 'string' && previous.length <= maxNameLength && walk.redaction.isRedactedNamePurely(previous)
  );
}

export function captureMapEntries(walk: CaptureWalk, map: object, depth: number): CapturedList<CapturedEntry> {
  const items: CapturedEntry[] = [];
  const iterator = mapEntries(map);
  for (let index = 0; ; index += 1) {
    const next = mapNext(iterator);
    if (next.done === true) return { items, missing: undefined };
    const missing = reasonToStop(walk, index, fieldBytes + stubBytes + stubBytes);
    if (missing !== undefined) return { items, missing };
    const key = next.value[0];
    const value = next.value[1];
    const redacted = typeof key === 'string' && walk.redaction.isRedactedName(key);
    items[index] = {
      key: walk.descend(key, depth + 1),
      value: redacted ? redactedValue(valueTypeOf(value)) : walk.descend(value, depth + 1),
    };
  }
}

export function captureSetValues(walk: CaptureWalk, set: object, depth: number): CapturedList<CapturedValue> {
  const items: CapturedValue[] = [];
  const iterator = setValues(set);
  for (let index = 0; ; index += 1) {
    const next = setNext(iterator);
    if (next.done === true) return { items, missing: undefined };
    const missing = reasonToStop(walk, index, stubBytes);
    if (missing !== undefined) return { items, missing };
    items[index] = walk.descend(next.value, depth + 1);
  }
}

function reasonToStop(walk: CaptureWalk, index: number, bytes: number): MissingReason | undefined {
  if (index >= walk.limits.maxElements) return 'count';
  if (index % timeEvery === 0 && isLate(walk)) return 'time';
  return take(walk, bytes) ? undefined : 'size';
}
