/** How V8 compiles a file: as a source text module, or inside the CommonJS function wrapper. */
export type ModuleKind = 'module' | 'commonjs';

/** A file at the moment it is about to be compiled. */
export interface LoadedSource {
  readonly path: string;
  /** As the loader spells it, query string included. */
  readonly url: string;
  readonly moduleKind: ModuleKind;
  /** What V8 would compile: types stripped, other hooks applied. For CommonJS the text inside the wrapper. */
  readonly code: string;
}

/** A file that was loaded and that the agent leaves alone: a dependency, most often. */
export type OutsideSource = Omit<LoadedSource, 'code'>;

/** An error of the agent's own. The application ran the original source. */
export interface SourceDiagnostic {
  readonly code: 'hook-failed' | 'strip-failed' | 'transform-failed' | 'source-map-broken' | 'thread-failed';
  readonly message: string;
  readonly path?: string;
}

/** What the hooks tell and ask. Everything is called synchronously, in the order in which files load. */
export interface SourceListener {
  readonly shouldGuard: (path: string) => boolean;
  /** Returns the text to compile instead; `undefined` leaves the file as it is. */
  readonly onSource: (source: LoadedSource) => string | undefined;
  readonly onOutside: (source: OutsideSource) => void;
  readonly onDiagnostic: (diagnostic: SourceDiagnostic) => void;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
