import type { MessagePort } from 'node:worker_threads';
import type { LoadHook } from './load-hook.ts';

/** What `node:module` offers, by version: `registerHooks` from 22.15, `stripTypeScriptTypes` from 22.13. */
export interface ModuleHost {
  registerHooks?: (hooks: SyncHooks) => SyncRegistration;
  register?: (specifier: string | URL, parent?: unknown, options?: RegisterOptions) => unknown;
  stripTypeScriptTypes?: StripTypes;
  syncBuiltinESMExports?: () => void;
  readonly prototype: { _compile: Compile };
}

export type Compile = (this: unknown, content: string, filename: string, format?: string) => unknown;

export type StripTypes = (
  code: string,
  options: { mode: 'strip' | 'transform'; sourceMap?: boolean; sourceUrl: string },
) => string;

interface SyncHooks {
  readonly resolve?: unknown;
  readonly load?: LoadHook;
}

export interface SyncRegistration {
  deregister(): void;
}

interface RegisterOptions {
  readonly parentURL?: string;
  readonly data?: unknown;
  readonly transferList?: readonly MessagePort[];
}
