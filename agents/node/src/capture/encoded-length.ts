import { charCodeAt } from '../intrinsics/intrinsics.ts';

/** How many bytes of UTF-8 JSON the code unit at `index` takes; half of four for each unit of a surrogate pair. */
function unitBytes(text: string, index: number): number {
  const code = charCodeAt(text, index);
  if (code < 0x20) return 6;
  if (code < 0x80) return code === 0x22 || code === 0x5c ? 2 : 1;
  if (code < 0x800) return 2;
  if (code < 0xd800 || code > 0xdfff) return 3;
  // A lone surrogate is written as an escape of six; counting every unit of a pair as two is exact for pairs only.
  return isPaired(text, index, code) ? 2 : 6;
}

function isPaired(text: string, index: number, code: number): boolean {
  if (code < 0xdc00) {
    const next = index + 1 < text.length ? charCodeAt(text, index + 1) : 0;
    return next >= 0xdc00 && next <= 0xdfff;
  }
  const previous = index > 0 ? charCodeAt(text, index - 1) : 0;
  return previous >= 0xd800 && previous < 0xdc00;
}

/** Bytes of `text` in JSON without its quotes. One pass, no allocation. */
export function encodedLength(text: string): number {
  let bytes = 0;
  for (let index = 0; index < text.length; index += 1) bytes += unitBytes(text, index);
  return bytes;
}

/** The most leading code units that fit in `maxBytes` and do not end inside a surrogate pair. */
export function fittingLength(text: string, maxBytes: number): number {
  let bytes = 0;
  let index = 0;
  for (; index < text.length; index += 1) {
    bytes += unitBytes(text, index);
    if (bytes > maxBytes) break;
  }
  return index < text.length ? wholeLength(text, index) : index;
}

/** `length` or one less, so that a cut does not leave half a character. */
export function wholeLength(text: string, length: number): number {
  if (length === 0 || length >= text.length) return length;
  const last = charCodeAt(text, length - 1);
  return last >= 0xd800 && last < 0xdc00 ? length - 1 : length;
}
