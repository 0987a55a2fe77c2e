import { charCodeAt, slice, toLowerCase } from '../capture/intrinsics.ts';

const dollar = 36;
const minus = 45;
const dot = 46;
const at = 64;
const underscore = 95;

function isSeparator(code: number): boolean {
  return code === underscore || code === minus || code === dot || code === dollar || code === at;
}

/**
 * Makes the function for which `X-Api_Key`, `xApiKey` and `$x.api.key` are one name. What it returns reads no import:
 * V8's side-effect check, under which it also runs, refuses every function that does.
 */
export function createNameNormalizer(): (name: string) => string {
  const codeAt = charCodeAt;
  const part = slice;
  const lowerCase = toLowerCase;
  return (name) => {
    const lower = lowerCase(name);
    let kept = '';
    let from = 0;
    for (let index = 0; index < lower.length; index += 1) {
      if (!isSeparator(codeAt(lower, index))) continue;
      kept += part(lower, from, index);
      from = index + 1;
    }
    return from === 0 ? lower : kept + part(lower, from);
  };
}
