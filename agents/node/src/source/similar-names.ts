import path from 'node:path';

const mostSimilar = 3;

/** Up to three of the files whose own names come closest to the one given; none that is far off. */
export function similarNames(name: string, files: readonly string[]): readonly string[] {
  const wanted = stem(name.replaceAll('\\', '/'));
  const scored = [...new Set(files)]
    .map((file) => ({ file, distance: editDistance(wanted, stem(file)) }))
    .filter(({ distance }) => distance <= Math.max(1, Math.floor(wanted.length / 3)));
  // By path among equals, so that the answer does not depend on the order of loading.
  scored.sort((a, b) => a.distance - b.distance || (a.file < b.file ? -1 : 1));
  return scored.slice(0, mostSimilar).map(({ file }) => file);
}

function stem(file: string): string {
  return path
    .basename(file)
    .replace(/\.[^.]*$/, '')
    .toLowerCase();
}

/** Levenshtein's, one row at a time. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}
