import type { SourceFiles } from './source-files.ts';

/** Files that exist only here, under the root `/app`. */
export function fakeSourceFiles(
  texts: { readonly [path: string]: string },
  rules: { readonly caseInsensitive?: boolean; readonly complete?: boolean } = {},
): SourceFiles {
  return {
    root: '/app',
    caseInsensitive: rules.caseInsensitive ?? false,
    readText: (path) => texts[path],
    list: () => ({
      paths: Object.keys(texts).filter((path) => path.startsWith('/app/')),
      complete: rules.complete ?? true,
    }),
  };
}
