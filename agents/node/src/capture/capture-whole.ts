import type { CapturedValue } from '@sonde/protocol/agent';
import {
  bigintValue,
  booleanValue,
  dateTime,
  dateToIso,
  isAsyncFunction,
  isBooleanObject,
  isBoxedPrimitive,
  isGeneratorFunction,
  isNumberObject,
  isStringObject,
  isSymbolObject,
  numberValue,
  ObjectPrototype,
  objectIs,
  ownDescriptor,
  prototypeOf,
  regexpFlags,
  regexpSource,
  slice,
  stringValue,
  symbolDescription,
  symbolValue,
  toText,
} from '../intrinsics/intrinsics.ts';
import { captureShort } from './capture-text.ts';
import type { CaptureWalk } from './capture-walk.ts';
import { functionNameOf } from './class-name.ts';

const maxText = 200;

// Values that are one text and have no parts that anyone looks for.

export function dateText(value: object): string {
  const time = dateTime(value);
  // `toISOString` throws for a date that is none.
  return objectIs(time, Number.NaN) ? 'Invalid Date' : dateToIso(value);
}

export function regexpText(value: object): string {
  let flags = '';
  for (let index = 0; index < regexpFlags.length; index += 1) {
    const flag = regexpFlags[index] as (typeof regexpFlags)[number];
    if (flag[1](value)) flags += flag[0];
  }
  return `/${slice(regexpSource(value), 0, maxText)}/${flags}`;
}

/** `new String('x')` and its like. Their keys are never listed: a boxed string has one for each character. */
export function plainObjectText(value: object): string | undefined {
  if (prototypeOf(value) === ObjectPrototype || !isBoxedPrimitive(value)) return undefined;
  if (isStringObject(value)) {
    const text = stringValue(value);
    return text.length > maxText ? `(${toText(text.length)} characters)` : text;
  }
  if (isNumberObject(value)) return toText(numberValue(value));
  if (isBooleanObject(value)) return toText(booleanValue(value));
  if (isSymbolObject(value)) return `Symbol(${slice(symbolDescription(symbolValue(value)) ?? '', 0, maxText)})`;
  return toText(bigintValue(value));
}

export function captureFunction(walk: CaptureWalk, value: object): CapturedValue {
  const className = functionKind(value);
  return captureShort(walk, 'function', functionNameOf(value) ?? '(anonymous)', className);
}

function functionKind(value: object): string {
  if (isGeneratorFunction(value)) return isAsyncFunction(value) ? 'async generator' : 'generator';
  if (isAsyncFunction(value)) return 'async function';
  // Only a class has a `prototype` that cannot be replaced; asking for the source text would copy it.
  return ownDescriptor(value, 'prototype')?.writable === false ? 'class' : 'function';
}
