/**
 * Whether a line may hold code, whatever the language: it is not blank, not a comment, not a lone bracket. Unsure
 * means yes: then somebody better informed (V8) is asked.
 */
export function mayHoldCode(text: string, line: number): boolean {
  const lines = text.split('\n');
  const own = lines[line - 1];
  if (own === undefined || /^\s*(?:(?:\/\/|\/\*).*|[\])}>;,(]*)\s*$/.test(own)) {
    return false;
  }
  // Inside a block comment lines begin with a star, as do continued multiplications.
  return !/^\s*\*/.test(own) || !endsInsideComment(lines.slice(0, line - 1).join('\n'));
}

function endsInsideComment(before: string): boolean {
  return before.lastIndexOf('/*') > before.lastIndexOf('*/');
}
