import type { LoadHook, LoadResult } from './load-hook.ts';
import { guardLoadResult, type LoadResultDeps } from './load-result.ts';
import type { ModuleHost, SyncRegistration } from './module-host.ts';
import { replaceFunction } from './replace-function.ts';

/**
 * `import` on Node 22.15 and later. Hooks that are registered later run earlier and would see our output as their
 * input, so ours is registered anew after each of them: what it gets is what V8 is given.
 * `require` goes through the same hooks, but ends in `Module.prototype._compile`, where the text is final.
 * Returns what undoes it.
 */
export function hookSyncLoad(
  registerHooks: NonNullable<ModuleHost['registerHooks']>,
  host: ModuleHost,
  nodeVersion: string,
  deps: LoadResultDeps,
): () => void {
  const compiled = compiledFromResult(host, nodeVersion);
  let stopped = false;
  const load: LoadHook = (url, context, nextLoad) => {
    const result = nextLoad(url, context);
    if (stopped || context.conditions?.includes('require') === true) {
      return result;
    }
    return guardLoadResult(url, result, compiled(result), deps);
  };
  let ours: SyncRegistration = registerHooks.call(host, { load });
  const wrapped: typeof registerHooks = (hooks) => {
    const theirs = registerHooks.call(host, hooks);
    if (hooks.load !== undefined && !stopped) {
      ours.deregister();
      ours = registerHooks.call(host, { load });
    }
    return theirs;
  };
  replaceFunction(host, 'registerHooks', wrapped);
  return () => {
    stopped = true;
    ours.deregister();
  };
}

/**
 * Whether imported CommonJS is compiled from the load result itself, with a `require` made up for it, and never
 * reaches `_compile`. Up to Node 24.11.0 that is so for any text a hook returned (type-stripped files among them;
 * `shouldBeReloadedByCJSLoader` takes it back). Since then only for text from off-thread hooks. Those are there once
 * somebody calls `register`; or, if that was before us, when a CommonJS result comes without a text, which in-thread
 * loading never does.
 */
function compiledFromResult(host: ModuleHost, nodeVersion: string): (result: LoadResult) => boolean {
  const fromResult = !reachesCompile(nodeVersion);
  let offThreadHooks = false;
  const register = host.register;
  if (register !== undefined && !fromResult) {
    replaceFunction(host, 'register', (...args) => {
      offThreadHooks = true;
      return register.apply(host, args);
    });
  }
  return (result) => {
    if (result.format === 'commonjs' && result.source == null) {
      offThreadHooks = true;
    }
    return result.shouldBeReloadedByCJSLoader !== true && (fromResult || offThreadHooks);
  };
}

function reachesCompile(nodeVersion: string): boolean {
  const [major = 0, minor = 0, patch = 0] = nodeVersion.split('.').map(Number);
  if (major === 24) {
    return minor > 11 || (minor === 11 && patch > 0);
  }
  return major === 25 ? minor > 0 : major > 25;
}
