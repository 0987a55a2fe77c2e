import type { CapturedField, CapturedValue, MissingReason } from '@sonde/protocol/agent';
import {
  hasOwn,
  ownData,
  ownDescriptor,
  ownKeys,
  ownSymbols,
  slice,
  symbolDescription,
  weakSetAdd,
} from '../intrinsics/intrinsics.ts';
import { type CaptureWalk, fieldBytes, isLate, redactedValue, stubBytes, take } from './capture-walk.ts';
import { encodedLength } from './encoded-length.ts';
import { valueTypeOf } from './value-type.ts';

export interface CapturedFields {
  readonly fields: CapturedField[];
  readonly size: number;
  readonly missing: MissingReason | undefined;
}

// V8 lists all own keys of an object or none: `for in` and every other way collect them first. 10,000 keys take 1 to 3 ms
// on Node 20 to 26, 100,000 take 15 to 25, a million 300 to 450. So the first look at such an object costs that, once.
const hugeKeys = 10_000;
/** Listing fewer takes less than a step of the clock. */
const manyKeys = 500;
/** A clock reading costs as much as a field: it is asked once in so many. */
const timeEvery = 16;
const maxNameLength = 200;
/** Objects with many keys are dictionaries; asking them for symbols would list every key a second time. */
const maxKeysForSymbols = 1_000;

/** Own enumerable data of an object. Accessors are named and not run. Not for proxies. */
export function captureFields(walk: CaptureWalk, target: object, depth: number): CapturedFields {
  const keys = ownKeys(target);
  if (keys.length > hugeKeys) weakSetAdd(walk.huge, target);
  if (keys.length > manyKeys) walk.heavy = true;
  const symbols = keys.length > maxKeysForSymbols ? [] : ownSymbols(target);
  const size = keys.length + symbols.length;
  const fields: CapturedField[] = [];
  for (let index = 0; index < size; index += 1) {
    const stop = reasonToStop(walk, index);
    if (stop !== undefined) return { fields, size, missing: stop };
    const key = (index < keys.length ? keys[index] : symbols[index - keys.length]) as string | symbol;
    const name = nameOf(key);
    if (!take(walk, fieldBytes + stubBytes + encodedLength(name))) return { fields, size, missing: 'size' };
    fields[index] = { name, value: captureField(walk, target, key, name, depth) };
  }
  return { fields, size, missing: undefined };
}

function reasonToStop(walk: CaptureWalk, index: number): MissingReason | undefined {
  if (index >= walk.limits.maxFields) return 'count';
  return index % timeEvery === 0 && isLate(walk) ? 'time' : undefined;
}

function nameOf(key: string | symbol): string {
  if (typeof key === 'string') return key.length > maxNameLength ? `${slice(key, 0, maxNameLength)}…` : key;
  return `Symbol(${slice(symbolDescription(key) ?? '', 0, maxNameLength)})`;
}

function captureField(
  walk: CaptureWalk,
  target: object,
  key: string | symbol,
  name: string,
  depth: number,
): CapturedValue {
  let descriptor: PropertyDescriptor | undefined;
  try {
    descriptor = ownDescriptor(target, key);
  } catch {
    // An export of a module that is still being loaded throws on every look.
    return { type: 'undefined', missing: 'unavailable' };
  }
  if (descriptor === undefined) return { type: 'undefined', missing: 'unavailable' };
  if (!hasOwn(descriptor, 'value')) return { type: 'undefined', missing: 'getter' };
  const { value } = descriptor;
  if (isRedacted(walk, target, key, name)) return redactedValue(valueTypeOf(value));
  return walk.descend(value, depth + 1);
}

function isRedacted(walk: CaptureWalk, target: object, key: string | symbol, name: string): boolean {
  if (typeof key === 'symbol') return walk.redaction.isRedactedName(symbolDescription(key) ?? '');
  return walk.redaction.isRedactedName(name) || (key === 'value' && isNamedPair(walk, target));
}

/** `{ name: 'authorization', value: … }`: the shape in which headers and form fields travel. */
function isNamedPair(walk: CaptureWalk, target: object): boolean {
  const name = ownData(target, 'name') ?? ownData(target, 'key');
  return typeof name === 'string' && walk.redaction.isRedactedName(name);
}
