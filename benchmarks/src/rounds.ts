/**
 * Runs every piece of work once in each round, one after the other, in an order that is turned round each time: what
 * drifts (heat, neighbours) meets each piece alike. Returns the results of each piece, round by round.
 */
export async function interleave<Name extends string, Result>(
  work: ReadonlyMap<Name, () => Promise<Result>>,
  rounds: number,
  progress: (round: number) => void = () => {},
): Promise<ReadonlyMap<Name, readonly Result[]>> {
  const results = new Map<Name, Result[]>([...work.keys()].map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    const pieces = round % 2 === 0 ? [...work] : [...work].reverse();
    for (const [name, run] of pieces) results.get(name)?.push(await run());
    progress(round + 1);
  }
  return results;
}
