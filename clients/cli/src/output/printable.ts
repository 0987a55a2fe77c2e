const names: { readonly [character: string]: string } = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Text of an application as a terminal may show it. Control and formatting characters are written out: a captured value
 * must not move the cursor, change colours, or read from right to left.
 */
export function printable(text: string): string {
  // The joiner of composed emoji is harmless.
  return text.replace(/(?!\u200d)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => {
    return names[character] ?? `\\u{${character.codePointAt(0)?.toString(16)}}`;
  });
}
