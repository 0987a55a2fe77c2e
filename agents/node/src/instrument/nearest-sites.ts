import type { Site } from './site.ts';

/** The site on a line. With a column, only a site that starts there or before it. */
export function siteAt(sites: readonly Site[], line: number, column?: number): Site | undefined {
  return sites.find((site) => site.line === line && (column === undefined || site.column <= column));
}

export interface NearestSites {
  readonly above: Site | undefined;
  readonly below: Site | undefined;
}

/** The closest guarded lines on either side of a line, for the message that says a line has no guard. */
export function sitesNear(sites: readonly Site[], line: number): NearestSites {
  return {
    above: sites.findLast((site) => site.line < line),
    below: sites.find((site) => site.line > line),
  };
}
