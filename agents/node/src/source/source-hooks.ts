import { type ApplicationScope, isExcluded } from './application-scope.ts';
import { hookCompile } from './compile-hook.ts';
import { GuardedSources } from './guarded-sources.ts';
import type { HooksThreadMessage } from './hooks-thread-messages.ts';
import type { LoadResultDeps } from './load-result.ts';
import type { LoadedModule } from './loaded-module.ts';
import { messageOf, type OutsideSource, type SourceListener } from './loaded-source.ts';
import type { ModuleHost } from './module-host.ts';
import { type TypeScriptRuntime, typeStripper } from './strip-types.ts';
import { hookSyncLoad } from './sync-hooks.ts';
import { hookThreadLoad } from './thread-hooks.ts';

export interface SourceHookOptions extends SourceListener {
  /** `node:module` of the process. */
  readonly host: ModuleHost;
  readonly runtime: TypeScriptRuntime & { readonly versions: { readonly node: string } };
  /** Used only where hooks run in a thread of their own: that thread guards by itself and reports here. */
  readonly thread: {
    readonly entry: URL;
    readonly scope: ApplicationScope;
    readonly guards?: 'full' | 'off';
    readonly onModule: (module: LoadedModule) => void;
  };
}

export interface SourceHooks {
  readonly mechanism: 'in-thread' | 'hooks-thread' | 'commonjs-only';
  /** To be called before asking what is loaded: see `ThreadHooks.drain`. */
  drain(): void;
  /** Files loaded from now on are left alone. */
  remove(): void;
}

/**
 * Hands every file of the application that is loaded from now on to `onSource`, once per copy, just before V8
 * compiles it. Never throws into the loader: an error of ours, or of `onSource`, is a diagnostic, and the original runs.
 */
export function installSourceHooks(options: SourceHookOptions): SourceHooks {
  const already = new GuardedSources();
  const deps: LoadResultDeps = {
    ...listenerOf(options),
    stripTypes: typeStripper(options.host, options.runtime),
  };
  const load = hookLoad(options, deps, already);
  const removeCompile = hookCompile(options.host, {
    ...deps,
    isGuarded: (path, content) => {
      load.drain();
      return already.hasText(path, content);
    },
    isImported: (url) => already.hasModule(url),
  });
  return {
    mechanism: load.mechanism,
    drain: load.drain,
    remove() {
      removeCompile();
      load.remove();
    },
  };
}

function hookLoad(options: SourceHookOptions, deps: LoadResultDeps, already: GuardedSources): SourceHooks {
  const { host } = options;
  if (host.registerHooks !== undefined) {
    const remembering: LoadResultDeps = {
      ...deps,
      onSource: (source) => already.remember(source, deps.onSource(source)),
    };
    const remove = hookSyncLoad(host.registerHooks, host, options.runtime.versions.node, remembering);
    return { mechanism: 'in-thread', drain: () => undefined, remove };
  }
  if (host.register !== undefined) {
    try {
      const onMessage = (message: HooksThreadMessage) => receive(message, options, already);
      return { mechanism: 'hooks-thread', ...hookThreadLoad(host.register, host, { ...options.thread, onMessage }) };
    } catch (error) {
      options.onDiagnostic({ code: 'thread-failed', message: messageOf(error) });
    }
  }
  return { mechanism: 'commonjs-only', drain: () => undefined, remove: () => undefined };
}

function receive(message: HooksThreadMessage, options: SourceHookOptions, already: GuardedSources): void {
  switch (message.kind) {
    case 'module':
      already.rememberModule(message.module);
      options.thread.onModule(message.module);
      break;
    case 'outside':
      outside(message.source, options);
      break;
    case 'diagnostic':
      options.onDiagnostic(message.diagnostic);
      break;
  }
}

function listenerOf(options: SourceHookOptions): SourceListener {
  const { shouldGuard, onSource, onDiagnostic } = options;
  return { shouldGuard, onSource, onDiagnostic, onOutside: (source) => outside(source, options) };
}

/** The agent's own files are nobody's business. */
function outside(source: OutsideSource, { thread, onOutside }: SourceHookOptions): void {
  if (!isExcluded(thread.scope, source.path)) {
    onOutside(source);
  }
}
