import type { GuardedModule } from '../instrument/guard-module.ts';
import type { LoadedSource } from './loaded-source.ts';
import { hashText } from './source-hash.ts';
import { sourceMapUrlOf, splitMapComment } from './source-map.ts';

/** What is kept of a file once its text has gone to V8. Plain data: it crosses from the hooks thread of Node 20. */
export interface LoadedModule {
  readonly path: string;
  readonly url: string;
  readonly moduleKind: LoadedSource['moduleKind'];
  readonly moduleId: string;
  readonly guarded?: Omit<GuardedModule, 'code'>;
  /** Why it has no guards. */
  readonly failure?: string;
  /** `undefined`: not looked for yet, as with dependencies. `null`: there is none. */
  readonly sourceMapUrl?: string | null;
  /** SHA-256 of the file's text on disk when it was loaded. */
  readonly sourceHash?: string;
}

export type GuardOutcome =
  | { readonly kind: 'guarded'; readonly module: Omit<GuardedModule, 'code'> }
  | { readonly kind: 'failed'; readonly reason: string };

/** `source.code` is what V8 is given in the end: guarded text may carry another map than the original. */
export function describeModule(
  source: LoadedSource,
  moduleId: string,
  outcome: GuardOutcome,
  readText: (path: string) => string | undefined,
): LoadedModule {
  const text = readText(source.path);
  return {
    path: source.path,
    url: source.url,
    moduleKind: source.moduleKind,
    moduleId,
    ...(outcome.kind === 'guarded' ? { guarded: outcome.module } : { failure: outcome.reason }),
    sourceMapUrl: sourceMapUrlOf(splitMapComment(source.code).comment) ?? null,
    ...(text === undefined ? {} : { sourceHash: hashText(text) }),
  };
}
