import type { CapturedValue, ValueType } from '@sonde/protocol/agent';
import { slice } from '../intrinsics/intrinsics.ts';
import { type CaptureWalk, labelBytes, take } from './capture-walk.ts';
import { encodedLength, fittingLength, wholeLength } from './encoded-length.ts';

// V8 keeps `a + b` as a tree and copies it flat on the first look at any of its characters, slicing included: 60 to 400
// ms for 100 MB, and nothing in the language or in Node reads a part or tells a tree from a flat string. So a string
// longer than this shows its length only: flattening this many characters takes 0.1 to 2 ms (Node 20 to 26).
const maxReadable = 500_000;
/** `,"size":9007199254740991,"missing":"size"` */
const cutBytes = 48;

/** A string, cut to what the limits allow. `size` is there when it is cut. */
export function captureString(walk: CaptureWalk, value: string): CapturedValue {
  if (value.length > maxReadable) return cutWithoutText(walk, 'string', value.length);
  const { maxCharacters } = walk.limits;
  if (value.length <= maxCharacters) {
    const bytes = encodedLength(value);
    if (take(walk, labelBytes + bytes)) return { type: 'string', text: value };
  }
  if (!take(walk, labelBytes + cutBytes)) return { type: 'string', missing: 'size' };
  const shown = value.length <= maxCharacters ? value : slice(value, 0, wholeLength(value, maxCharacters));
  const text = slice(shown, 0, fittingLength(shown, walk.bytes));
  take(walk, encodedLength(text));
  return { type: 'string', text, size: value.length, missing: 'size' };
}

function cutWithoutText(walk: CaptureWalk, type: ValueType, size: number): CapturedValue {
  return take(walk, cutBytes) ? { type, size, missing: 'size' } : { type, missing: 'size' };
}

/** The short form of a value that is one short text: digits, a date, a pattern. Whole or not at all. */
export function captureShort(walk: CaptureWalk, type: ValueType, text: string, className?: string): CapturedValue {
  const named = className === undefined ? 0 : labelBytes + encodedLength(className);
  if (text.length > walk.limits.maxCharacters && text.length > maxShort) return cutWithoutText(walk, type, text.length);
  if (!take(walk, labelBytes + encodedLength(text) + named)) return { type, missing: 'size' };
  return className === undefined ? { type, text } : { type, className, text };
}

/** Numbers and dates are whole even under a limit of a few characters: a part of a number is another number. */
const maxShort = 64;
