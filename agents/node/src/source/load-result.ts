import { fileURLToPath } from 'node:url';
import type { LoadResult } from './load-hook.ts';
import { type ModuleKind, messageOf, type SourceListener } from './loaded-source.ts';
import { kindBySyntax } from './module-syntax.ts';
import type { StripSource } from './strip-types.ts';

export interface LoadResultDeps extends SourceListener {
  /** Absent where Node does not know TypeScript. */
  readonly stripTypes: StripSource | undefined;
}

/**
 * The result of a `load` hook chain with guards in it. `commonjs` says whether CommonJS text is compiled from this
 * very result; otherwise it reaches `Module.prototype._compile`, and is left for the hook there.
 * Never throws: what fails gives the result as it was.
 */
export function guardLoadResult(url: string, result: LoadResult, commonjs: boolean, deps: LoadResultDeps): LoadResult {
  try {
    const path = pathOf(url);
    const kind = kindOf(result.format, commonjs);
    if (path === undefined || kind === undefined || result.source == null) {
      return result;
    }
    if (!deps.shouldGuard(path)) {
      deps.onOutside({ path, url, moduleKind: kind === 'module' ? 'module' : 'commonjs' });
      return result;
    }
    return guarded({ path, url, kind, text: textOf(result.source) }, result, deps);
  } catch (error) {
    deps.onDiagnostic({ code: 'hook-failed', message: messageOf(error), path: url });
    return result;
  }
}

interface LoadedText {
  readonly path: string;
  readonly url: string;
  readonly kind: FormatKind;
  readonly text: string;
}

function guarded({ path, url, kind, text }: LoadedText, result: LoadResult, deps: LoadResultDeps): LoadResult {
  const code = isTypeScript(result.format) ? stripped(text, path, url, deps) : text;
  if (code === undefined) {
    return result;
  }
  const moduleKind = kind === 'unknown' ? kindBySyntax(code) : kind;
  const output = deps.onSource({ path, url, moduleKind, code });
  return output === undefined ? result : { ...result, format: moduleKind, source: output };
}

/** Node's own stripping; `undefined`, with a diagnostic, where it is refused. */
export function stripped(text: string, path: string, url: string, deps: LoadResultDeps): string | undefined {
  try {
    return deps.stripTypes?.(text, url);
  } catch (error) {
    // Node compiles the same text next and tells the application what is wrong with it, in its own words.
    deps.onDiagnostic({ code: 'strip-failed', message: messageOf(error), path });
    return undefined;
  }
}

type FormatKind = ModuleKind | 'unknown';

function kindOf(format: string | null | undefined, commonjs: boolean): FormatKind | undefined {
  switch (format) {
    case 'module':
    case 'module-typescript':
      return 'module';
    case 'commonjs':
    case 'commonjs-typescript':
      return commonjs ? 'commonjs' : undefined;
    case 'typescript':
      return 'unknown';
    default:
      return undefined;
  }
}

export function isTypeScript(format: string | null | undefined): boolean {
  return format === 'module-typescript' || format === 'commonjs-typescript' || format === 'typescript';
}

function pathOf(url: string): string | undefined {
  return url.startsWith('file:') ? fileURLToPath(url) : undefined;
}

function textOf(source: NonNullable<LoadResult['source']>): string {
  return typeof source === 'string' ? source : new TextDecoder().decode(source as ArrayBuffer);
}
