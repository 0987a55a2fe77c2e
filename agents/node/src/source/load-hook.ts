/** The `load` hook of Node's module customisation, as far as the agent uses it. */
export interface LoadContext {
  readonly format?: string | null | undefined;
  readonly conditions?: readonly string[];
}

export interface LoadResult {
  readonly format?: string | null | undefined;
  readonly source?: string | ArrayBuffer | ArrayBufferView | null;
  /** Set by hook authors (tsx) on Node 22: the CommonJS loader reads the file again. Undocumented. */
  readonly shouldBeReloadedByCJSLoader?: boolean;
}

export type LoadHook = (
  url: string,
  context: LoadContext,
  nextLoad: (url: string, context?: LoadContext) => LoadResult,
) => LoadResult;
