import type { SiteOnFace } from './face-lines.ts';

/**
 * The guards of one module that stand for a line. A line may hold several: those of a function written inside it, and,
 * after a compiler, several for one original place. The first place on the line is meant, or the last that is not
 * behind the column given; all guards of that place count, but one per function, or a hit would count twice.
 */
export function chooseSites(
  sites: readonly SiteOnFace[],
  line: number,
  column: number | undefined,
): readonly SiteOnFace[] {
  const onLine = sites.filter(({ original }) => original.line === line);
  const columns = onLine.map(({ original }) => original.column).sort((a, b) => a - b);
  const chosen = columns.findLast((candidate) => column !== undefined && candidate <= column) ?? columns[0];
  const byFunction = new Map<number, SiteOnFace>();
  for (const site of onLine) {
    if (site.original.column === chosen && !byFunction.has(site.functionIndex)) {
      byFunction.set(site.functionIndex, site);
    }
  }
  return [...byFunction.values()];
}
