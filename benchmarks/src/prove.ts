/** Throws unless the two are the same: a benchmark whose result is wrong has measured nothing. */
export function prove(what: string, actual: unknown, expected: unknown): void {
  const [shown, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (shown !== wanted) throw new Error(`${what}: ${shown} in place of ${wanted}`);
}
