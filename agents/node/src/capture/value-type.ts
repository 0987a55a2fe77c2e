import type { ValueType } from '@sonde/protocol/agent';
import {
  isAnyArrayBuffer,
  isArgumentsObject,
  isArray,
  isDataView,
  isDate,
  isMap,
  isNativeError,
  isPromise,
  isProxy,
  isRegExp,
  isSet,
  isTypedArray,
  isUint8Array,
  ObjectPrototype,
  prototypeOf,
} from '../intrinsics/intrinsics.ts';

/** The kind of a value by V8's own slots, never by its properties: a `Symbol.toStringTag` cannot lie here. */
export function valueTypeOf(value: unknown): ValueType {
  if (value === null) return 'null';
  const type = typeof value;
  if (type !== 'object' && type !== 'function') return type;
  // First: every question but this one would run a trap.
  if (isProxy(value)) return 'proxy';
  return type === 'function' ? 'function' : objectType(value as object);
}

function objectType(value: object): ValueType {
  if (isArray(value)) return 'array';
  // The slot checks below are calls into C++ of about 15 ns each; most objects are plain and need none of them. A date
  // or map whose prototype was exchanged for the plain one shows as an object, which is what its code sees too.
  if (prototypeOf(value) === ObjectPrototype) return isArgumentsObject(value) ? 'array' : 'object';
  if (isMap(value)) return 'map';
  if (isSet(value)) return 'set';
  if (isDate(value)) return 'date';
  if (isNativeError(value)) return 'error';
  if (isPromise(value)) return 'promise';
  if (isRegExp(value)) return 'regexp';
  if (isTypedArray(value)) return isUint8Array(value) ? 'bytes' : 'array';
  if (isAnyArrayBuffer(value) || isDataView(value)) return 'bytes';
  return 'object';
}
