import vm from 'node:vm';
import type { ModuleKind } from './loaded-source.ts';

const wrapperParameters = ['exports', 'require', 'module', '__filename', '__dirname'];
const moduleStatement = /^\s*(?:import|export)\b|\bimport\.meta\b|^\s*await\b/m;

/**
 * The kind of a file whose package does not say. Node compiles such a file as CommonJS and falls back to a module
 * when that fails (from 20.19 on); the same is done here, but only for a file that looks like a module.
 */
export function kindBySyntax(code: string): ModuleKind {
  if (!moduleStatement.test(code)) {
    return 'commonjs';
  }
  try {
    vm.compileFunction(code, wrapperParameters);
    return 'commonjs';
  } catch {
    return 'module';
  }
}
