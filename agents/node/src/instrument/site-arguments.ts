import type { Site } from './site.ts';

export type GuardArgument =
  | { readonly kind: 'id' }
  | { readonly kind: 'value'; readonly name: string; readonly from: 'local' | 'outer' }
  | { readonly kind: 'deferred'; readonly names: readonly string[] }
  | { readonly kind: 'this' }
  | { readonly kind: 'module'; readonly names: readonly string[] };

/** What a guard passes, by position. The guard's text and whatever reads its arguments are both made from this list. */
export function siteArguments(site: Site, moduleNames: readonly string[]): readonly GuardArgument[] {
  const list: GuardArgument[] = [{ kind: 'id' }];
  for (const name of site.names) list.push({ kind: 'value', name, from: 'local' });
  for (const name of site.outer) list.push({ kind: 'value', name, from: 'outer' });
  if (site.deferred.length > 0) list.push({ kind: 'deferred', names: site.deferred });
  if (site.hasThis) list.push({ kind: 'this' });
  if (moduleNames.length > 0) list.push({ kind: 'module', names: moduleNames });
  return list;
}
