import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { slice, startsWith } from '../intrinsics/intrinsics.ts';

/** A call in the code that runs; lines and columns from 1. */
export interface CallSite {
  readonly function: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

export interface StackCapture {
  /** The calls above `skipAbove` (which must be on the stack), innermost first. */
  readonly captureStack: (skipAbove: (...args: never[]) => unknown, maxFrames: number) => readonly CallSite[];
}

interface V8CallSite {
  readonly getFunctionName: () => string | null;
  readonly getTypeName: () => string | null;
  readonly getFileName: () => string | null | undefined;
  readonly getLineNumber: () => number | null;
  readonly getColumnNumber: () => number | null;
  readonly isAsync: () => boolean;
  readonly isConstructor: () => boolean;
  readonly isToplevel: () => boolean;
}

// Both the formatter of a stack and its length are taken from the `Error` of the realm that `captureStackTrace` and its
// object come from. In a realm of our own, `Error.prepareStackTrace` and `Error.stackTraceLimit` of the application are
// neither run nor read nor changed, be they frozen or accessors. A frame costs the same as in the application's realm.
const realmSource = `(() => {
  'use strict';
  const { captureStackTrace } = Error;
  Error.prepareStackTrace = (_, sites) => sites;
  return (skipAbove, limit) => {
    Error.stackTraceLimit = limit;
    const holder = {};
    captureStackTrace(holder, skipAbove);
    return holder.stack;
  };
})()`;

/** Frames of Node and of the agent are dropped after V8 has counted them, so more are asked for. */
const spareFrames = 20;
const maxNameLength = 300;

export function createStackCapture(isOwnFile: (file: string) => boolean): StackCapture {
  const readSites = runInNewContext(realmSource) as (skipAbove: unknown, limit: number) => readonly V8CallSite[];
  return {
    captureStack(skipAbove, maxFrames) {
      const sites = readSites(skipAbove, maxFrames + spareFrames);
      const calls: CallSite[] = [];
      for (let index = 0; index < sites.length && calls.length < maxFrames; index += 1) {
        const site = sites[index] as V8CallSite;
        const file = site.getFileName() ?? undefined;
        if (file !== undefined && (startsWith(file, 'node:internal/') || isOwnFile(file))) continue;
        calls[calls.length] = callSite(site, file);
      }
      return calls;
    },
  };
}

function callSite(site: V8CallSite, file: string | undefined): CallSite {
  const line = site.getLineNumber();
  const column = site.getColumnNumber();
  return {
    function: functionText(site),
    ...(file === undefined ? undefined : { file: pathOf(file) }),
    ...(line === null || line < 1 ? undefined : { line }),
    ...(column === null || column < 1 ? undefined : { column }),
  };
}

function functionText(site: V8CallSite): string {
  const name = slice(site.getFunctionName() ?? '(anonymous)', 0, maxNameLength);
  if (site.isConstructor()) return `new ${name}`;
  const type = site.isToplevel() ? null : site.getTypeName();
  const text = type === null || type === 'Object' || startsWith(name, `${type}.`) ? name : `${type}.${name}`;
  return site.isAsync() ? `async ${text}` : text;
}

function pathOf(file: string): string {
  if (!startsWith(file, 'file:')) return file;
  try {
    return fileURLToPath(file);
  } catch {
    // A URL that is no path of this system is still the best name there is.
    return file;
  }
}
