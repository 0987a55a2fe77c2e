export interface FoundImport {
  readonly specifier: string;
  readonly line: number;
}

/** `import … from '…'`, `export … from '…'`, `import '…'`, `import('…')` and `import.meta.resolve('…')`. */
const pattern =
  /(?:^|[\s;}])(?:import|export)\s+(?:[^'";]*?\sfrom\s*)?['"]([^'"\n]+)['"]|import(?:\.meta\.resolve)?\(\s*['"]([^'"\n]+)['"]/g;

/** The imports of a TypeScript file, as written. Types count too: a layer that is only a type is still a layer. */
export function findImports(code: string): FoundImport[] {
  const text = withoutComments(code);
  return [...text.matchAll(pattern)].map((match) => ({
    specifier: match[1] ?? match[2] ?? '',
    line: text.slice(0, match.index + match[0].length).split('\n').length,
  }));
}

/** Blanks comments but keeps line breaks, so that lines still count right. */
function withoutComments(code: string): string {
  const blank = (comment: string) => comment.replaceAll(/[^\n]/g, ' ');
  return code.replaceAll(/\/\*[\s\S]*?\*\//g, blank).replaceAll(/^\s*\/\/.*$/gm, blank);
}
