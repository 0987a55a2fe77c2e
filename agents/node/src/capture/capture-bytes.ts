import type { CapturedValue } from '@sonde/protocol/agent';
import {
  arrayBufferBytes,
  Bytes,
  dataViewBuffer,
  dataViewBytes,
  dataViewOffset,
  isDataView,
  isSharedArrayBuffer,
  isUint8Array,
  min,
  numberToString,
  sharedBufferBytes,
  typedArrayBuffer,
  typedArrayBytes,
  typedArrayOffset,
} from '../intrinsics/intrinsics.ts';
import { captureShort } from './capture-text.ts';
import { type CaptureWalk, stubBytes, take } from './capture-walk.ts';

/** Enough to know a file type, a hash or a key length by. */
const maxShownBytes = 64;

interface Extent {
  readonly buffer: ArrayBufferLike;
  readonly offset: number;
  readonly length: number;
}

/** The first bytes in hexadecimal. A detached buffer has none left and says so. */
export function captureBytes(walk: CaptureWalk, value: object, className: string | undefined): CapturedValue {
  const extent = extentOf(value);
  if (extent === undefined) return { type: 'bytes', missing: 'unavailable' };
  const { length } = extent;
  const shown = min(min(length, maxShownBytes), walk.limits.maxCharacters >> 1);
  if (!take(walk, stubBytes)) return { type: 'bytes', missing: 'size' };
  const captured = captureShort(walk, 'bytes', hexadecimal(extent, shown), className);
  if (captured.missing !== undefined || shown === length) return captured;
  return { ...captured, size: length, missing: 'size' };
}

/** Undefined when the memory is gone: a view of it throws when asked for its place. */
function extentOf(value: object): Extent | undefined {
  try {
    return readExtent(value);
  } catch {
    return undefined;
  }
}

function readExtent(value: object): Extent {
  if (isUint8Array(value)) {
    return { buffer: typedArrayBuffer(value), offset: typedArrayOffset(value), length: typedArrayBytes(value) };
  }
  if (isDataView(value)) {
    return { buffer: dataViewBuffer(value), offset: dataViewOffset(value), length: dataViewBytes(value) };
  }
  const length = isSharedArrayBuffer(value) ? sharedBufferBytes(value) : arrayBufferBytes(value);
  // Making a view is the one question about a detached buffer that Node 20 answers: it throws.
  const { buffer } = new Bytes(value as ArrayBuffer, 0, 0);
  return { buffer, offset: 0, length };
}

function hexadecimal(extent: Extent, count: number): string {
  const bytes = new Bytes(extent.buffer, extent.offset, count);
  let text = '';
  for (let index = 0; index < count; index += 1) {
    const byte = bytes[index] as number;
    text += byte < 16 ? `0${numberToString(byte, 16)}` : numberToString(byte, 16);
  }
  return text;
}
