// The `--import` entry of the tests: real hooks, a fake transform, and a report at exit.
import { writeFileSync } from 'node:fs';
import nodeModule, { createRequire } from 'node:module';
import { scopePredicate } from '../../application-scope.ts';
import { ModuleRegistry } from '../../module-registry.ts';
import { readText } from '../../read-text.ts';
import { sourceGuard } from '../../source-guard.ts';
import { installSourceHooks } from '../../source-hooks.ts';

const started = performance.now();
const diagnostics = [];
const hits = [];
globalThis.hit = (moduleId) => hits.push(moduleId);

const requireHere = createRequire(import.meta.url);
const scope = { root: process.env.TEST_ROOT, excluded: [new URL('.', import.meta.url).pathname] };
const onDiagnostic = (diagnostic) => diagnostics.push(diagnostic);
const registry = new ModuleRegistry({ readText, onDiagnostic });
let ids = 0;
// With the real transform: a probe on every guard, placed as soon as the module is known.
const onModule = (module) => {
  registry.add(module);
  for (const { cell } of module.guarded?.functions ?? []) {
    if (cell.startsWith('__sonde_')) {
      Object.defineProperty(globalThis, cell, {
        value: () => hits.push(`${module.moduleId}:${module.moduleKind}`),
        configurable: true,
      });
    }
  }
};
const hooks = installSourceHooks({
  host: nodeModule,
  runtime: process,
  shouldGuard: scopePredicate(scope),
  onSource: sourceGuard({
    guardModule: () => requireHere('./guard-module.cjs').guardModule,
    nextModuleId: () => {
      ids += 1;
      return `m${ids}`;
    },
    readText,
    onModule,
    onDiagnostic,
  }),
  onOutside: (source) => registry.addOutside(source),
  onDiagnostic,
  thread: {
    entry: new URL('./hooks-thread.js', import.meta.url),
    scope,
    onModule,
  },
});
const installMs = performance.now() - started;
if (process.env.TEST_REMOVE) {
  hooks.remove();
}
process.on('exit', () => {
  hooks.drain();
  const modules = registry.modules.map((module) => ({ ...module, mapped: registry.sourceMap(module)?.resolvedSources }));
  writeFileSync(`${process.env.TEST_REPORT}.${process.pid}`, JSON.stringify({ mechanism: hooks.mechanism, installMs, hits, modules, diagnostics }));
});
