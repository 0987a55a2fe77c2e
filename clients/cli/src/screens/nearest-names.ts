/** The names that somebody may have meant by this one, nearest first; none when all are quite different. */
export function nearestNames(meant: string, names: readonly string[], atMost: number): readonly string[] {
  const word = meant.toLowerCase();
  return names
    .map((name) => ({ name, distance: distance(word, name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= Math.max(word.length, name.length) / 2)
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, atMost)
    .map(({ name }) => name);
}

/** How many characters have to be added, left out, changed, or swapped with the next. */
function distance(from: string, to: string): number {
  let beforeLast: readonly number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const changed = from[i - 1] === to[j - 1] ? 0 : 1;
      const plain = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + changed);
      const swaps = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      row.push(swaps ? Math.min(plain, (beforeLast[j - 2] ?? 0) + 1) : plain);
    }
    beforeLast = last;
    last = row;
  }
  return last[to.length] ?? 0;
}
