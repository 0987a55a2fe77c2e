import type { CapturedEntry, CapturedField, CapturedValue, MissingReason, ValueType } from '@sonde/protocol/agent';
import {
  isTypedArray,
  mapSize,
  ownData,
  setSize,
  trunc,
  typedArrayLength,
  typedArrayName,
  weakSetHas,
} from '../intrinsics/intrinsics.ts';
import { captureBytes } from './capture-bytes.ts';
import { captureElements, captureMapEntries, captureSetValues } from './capture-elements.ts';
import { captureErrorFields } from './capture-error.ts';
import { captureFields } from './capture-fields.ts';
import { captureShort } from './capture-text.ts';
import { type CaptureWalk, containerBytes, isLate, labelBytes, take } from './capture-walk.ts';
import { captureFunction, dateText, plainObjectText, regexpText } from './capture-whole.ts';
import { classNameOf } from './class-name.ts';
import { encodedLength } from './encoded-length.ts';

interface Parts {
  readonly fields?: readonly CapturedField[];
  readonly elements?: readonly CapturedValue[];
  readonly entries?: readonly CapturedEntry[];
}

/** Names that say no more than the type does. */
const impliedNames: { readonly [type in ValueType]?: string } = {
  array: 'Array',
  map: 'Map',
  set: 'Set',
  date: 'Date',
  regexp: 'RegExp',
  promise: 'Promise',
};

/** Reads a value that is not a primitive and not a proxy, and that was not met before. */
export function captureContainer(walk: CaptureWalk, value: object, type: ValueType, depth: number): CapturedValue {
  if (type === 'function') return captureFunction(walk, value);
  const found = type === 'array' && isTypedArray(value) ? typedArrayName(value) : classNameOf(value);
  const className = found === impliedNames[type] ? undefined : found;
  if (type === 'bytes') return captureBytes(walk, value, className);
  if (type === 'date') return captureShort(walk, type, dateText(value), className);
  if (type === 'regexp') return captureShort(walk, type, regexpText(value), className);
  const text = type === 'object' ? plainObjectText(value) : undefined;
  if (text !== undefined) return captureShort(walk, type, text, className);
  const nameBytes = className === undefined ? 0 : labelBytes + encodedLength(className);
  if (!take(walk, containerBytes + nameBytes)) return { type, missing: 'size' };
  // A promise's state can only be had by formatting it for people or by awaiting it.
  if (type === 'promise') return node(type, className, {}, undefined, 'unavailable');
  if (depth >= walk.limits.maxDepth) return node(type, className, {}, undefined, 'depth');
  if (isLate(walk)) return node(type, className, {}, undefined, 'time');
  return captureParts(walk, value, type, className, depth);
}

function captureParts(
  walk: CaptureWalk,
  value: object,
  type: ValueType,
  className: string | undefined,
  depth: number,
): CapturedValue {
  switch (type) {
    case 'array': {
      const length = lengthOf(value);
      const { items, missing } = captureElements(walk, value, length, depth);
      return node(type, className, { elements: items }, length, missing);
    }
    case 'map': {
      const { items, missing } = captureMapEntries(walk, value, depth);
      return node(type, className, { entries: items }, mapSize(value), missing);
    }
    case 'set': {
      const { items, missing } = captureSetValues(walk, value, depth);
      return node(type, className, { elements: items }, setSize(value), missing);
    }
    default: {
      if (weakSetHas(walk.huge, value)) return node(type, className, {}, undefined, 'size');
      const read = type === 'error' ? captureErrorFields : captureFields;
      const { fields, size, missing } = read(walk, value, depth);
      return node(type, className, { fields }, size, missing);
    }
  }
}

/** Typed arrays keep their length in a slot; arrays and arguments in own data, which for arguments may be anything. */
function lengthOf(value: object): number {
  if (isTypedArray(value)) return typedArrayLength(value);
  const length = ownData(value, 'length');
  return typeof length === 'number' && length >= 0 && length <= 4_294_967_295 ? trunc(length) : 0;
}

function node(
  type: ValueType,
  className: string | undefined,
  parts: Parts,
  size: number | undefined,
  missing: MissingReason | undefined,
): CapturedValue {
  // Spreading defines own properties; assigning could meet a setter that the application put on Object.prototype.
  return {
    type,
    ...(className === undefined ? undefined : { className }),
    ...parts,
    ...(missing === undefined ? undefined : size === undefined ? { missing } : { size, missing }),
  };
}
