import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { compileFunction } from 'node:vm';
import { type GuardedModule, guardModule } from '../guard-module.ts';

const wrapperParameters = ['exports', 'require', 'module', '__filename', '__dirname'];

/** Runs the text of a CommonJS module in this realm and answers its exports. */
export function runCommonJs(
  code: string,
  require: (id: string) => unknown = () => ({}),
  filename = '/app.cjs',
): unknown {
  const module = { exports: {} as unknown };
  const body = code.startsWith('#!') ? `//${code}` : code;
  const run = compileFunction(body, wrapperParameters, { filename });
  run.call(module.exports, module.exports, require, module, filename, dirname(filename));
  return module.exports;
}

/** Loads a package from files with every one of them guarded; `onModule` is told of each before it runs. */
export function requireGuarded(entry: string, onModule: (module: GuardedModule) => void): unknown {
  const loaded = new Map<string, { exports: unknown }>();
  let modules = 0;
  const load = (filename: string): unknown => {
    if (!/\.c?js$/.test(filename)) return createRequire(entry)(filename);
    const known = loaded.get(filename);
    if (known) return known.exports;
    modules += 1;
    const guarded = guardModule({
      code: readFileSync(filename, 'utf8'),
      moduleKind: 'commonjs',
      moduleId: `load${modules}x${Math.random().toString(36).slice(2)}`,
    });
    onModule(guarded);
    const native = createRequire(filename);
    const module = { exports: {} as unknown };
    // Before it runs, as Node does: modules may require each other.
    loaded.set(filename, module);
    const run = compileFunction(guarded.code.replace(/^#!/, '//'), wrapperParameters, { filename });
    const require = (id: string): unknown => {
      const resolved = native.resolve(id);
      return resolved.startsWith('/') || /^[A-Z]:/i.test(resolved) ? load(resolved) : native(id);
    };
    run.call(module.exports, module.exports, require, module, filename, dirname(filename));
    return module.exports;
  };
  return load(entry);
}
