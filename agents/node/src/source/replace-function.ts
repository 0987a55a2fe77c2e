import type { ModuleHost } from './module-host.ts';

type Replaceable = 'register' | 'registerHooks' | 'stripTypeScriptTypes';

/** Puts a function of `node:module` in another's place: same name, same length, seen by named imports too. */
export function replaceFunction<Name extends Replaceable>(
  host: ModuleHost,
  name: Name,
  replacement: NonNullable<ModuleHost[Name]>,
): void {
  const original: unknown = host[name];
  const length = typeof original === 'function' ? original.length : 0;
  Object.defineProperty(replacement, 'name', { value: name, configurable: true });
  Object.defineProperty(replacement, 'length', { value: length, configurable: true });
  host[name] = replacement;
  host.syncBuiltinESMExports?.();
}
