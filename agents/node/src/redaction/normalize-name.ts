import { charCodeAt, slice, toLowerCase } from '../intrinsics/intrinsics.ts';

const dollar = 36;
const minus = 45;
const dot = 46;
const at = 64;
const underscore = 95;

function isSeparator(code: number): boolean {
  return code === underscore || code === minus || code === dot || code === dollar || code === at;
}

const letters = 'abcdefghijklmnopqrstuvwxyz';

/** What stands for a unit of a name: nothing for a separator, a small letter for a large one, undefined for itself. */
function replacement(code: number): string | undefined {
  if (isSeparator(code)) return '';
  return code >= 65 && code <= 90 ? letters[code - 65] : undefined;
}

/**
 * Makes the function for which `X-Api_Key`, `xApiKey` and `$x.api.key` are one name. What it returns also runs under
 * V8's side-effect check, which refuses functions that read an import and, on Node 20 and 22, `toLowerCase`.
 */
export function createNameNormalizer(): (name: string) => string {
  const codeAt = charCodeAt;
  const part = slice;
  const lowerCase = toLowerCase;
  return (name) => {
    let kept = '';
    let from = 0;
    let ascii = true;
    for (let index = 0; index < name.length; index += 1) {
      const code = codeAt(name, index);
      if (code > 127) ascii = false;
      const replaced = replacement(code);
      if (replaced === undefined) continue;
      kept += part(name, from, index) + replaced;
      from = index + 1;
    }
    const normal = from === 0 ? name : kept + part(name, from);
    return ascii ? normal : lowerCase(normal);
  };
}
