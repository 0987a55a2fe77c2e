import type { ModuleHost, StripTypes } from './module-host.ts';
import { replaceFunction } from './replace-function.ts';

/** The part of `process` that says how Node treats TypeScript, and where warnings go. */
export interface TypeScriptRuntime {
  readonly features: { readonly typescript?: 'strip' | 'transform' | false };
  emitWarning(warning: string | Error, ...rest: unknown[]): void;
}

export type StripSource = (code: string, url: string) => string;

/**
 * Does what Node itself would do with the types of a file: blanks them out, positions kept, or, under
 * `--experimental-transform-types`, transforms with an inline map. Throws what Node throws.
 * `undefined` where Node does not know TypeScript.
 */
export function typeStripper(host: ModuleHost, runtime: TypeScriptRuntime): StripSource | undefined {
  const strip = host.stripTypeScriptTypes;
  if (strip === undefined) {
    return undefined;
  }
  let warned = false;
  return (code, url) => {
    const run = () =>
      runtime.features.typescript === 'transform'
        ? strip(code, { mode: 'transform', sourceMap: true, sourceUrl: url })
        : strip(code, { mode: 'strip', sourceUrl: url });
    if (warned) {
      return run();
    }
    const { result, warning } = withoutStripWarning(runtime, run);
    if (warning !== undefined) {
      warned = true;
      warnAtNextCall(host, strip, () => runtime.emitWarning(warning, 'ExperimentalWarning'));
    }
    return result;
  };
}

/**
 * Node warns once per process that the function is experimental. The application did not call it, so it must not see
 * that. Node calls `process.emitWarning` synchronously: only this one message of this one call is held back.
 */
function withoutStripWarning<T>(runtime: TypeScriptRuntime, run: () => T): { result: T; warning: string | undefined } {
  const emitWarning = runtime.emitWarning;
  let warning: string | undefined;
  runtime.emitWarning = (message, ...rest) => {
    if (typeof message === 'string' && message.startsWith('stripTypeScriptTypes is an experimental feature')) {
      warning = message;
    } else {
      emitWarning.call(runtime, message, ...rest);
    }
  };
  try {
    return { result: run(), warning };
  } finally {
    runtime.emitWarning = emitWarning;
  }
}

/** The warning that was held back is due when the application itself calls the function. */
function warnAtNextCall(host: ModuleHost, strip: StripTypes, warn: () => void): void {
  let due = true;
  replaceFunction(host, 'stripTypeScriptTypes', (...args) => {
    if (due) {
      due = false;
      warn();
    }
    return strip(...args);
  });
}
