import { Script } from 'node:vm';
import type { GuardHook } from './guard-cells.ts';

/** What one probe does at one site, as JavaScript. */
export interface SiteProgram {
  /** The id that the guard passes first. */
  readonly site: number;
  /**
   * Statements that may name the guard's values as `a0`, `a1`, …, the shared constants by their names, and the
   * program's own as `constant(name)`. They must not throw.
   */
  readonly statements: (constant: (name: string) => string) => string;
  /** This program's own. */
  readonly constants: { readonly [name: string]: unknown };
  /** One name is one value, whichever program brings it. Names begin with `$`. */
  readonly shared: ReadonlyMap<string, unknown>;
}

/**
 * Compiles the hook of one cell for just these programs. It has as many fixed parameters as the widest guard has values:
 * with rest parameters V8 does not inline it into the application's function, and a hit costs ten times as much.
 * While `isBusy` says so, the hook does nothing.
 *
 * `vm.Script` and not `new Function`: a process that forbids code from strings forbids only the latter.
 */
export function compileDispatcher(
  programs: readonly SiteProgram[],
  arity: number,
  isBusy: () => boolean = () => false,
): GuardHook {
  const values = new Map<string, unknown>([['busy', isBusy]]);
  const branches = programs.map((program, index) => {
    const constant = (name: string) => `c${index}_${name}`;
    for (const [name, value] of program.shared) values.set(name, value);
    for (const [name, value] of Object.entries(program.constants)) values.set(constant(name), value);
    return `if(id===${program.site}){${program.statements(constant)}}`;
  });
  const parameters = ['id', ...parameterNames(arity)].join(',');
  const text = `(function(${[...values.keys()].join(',')}){'use strict';return function(${parameters}){if(busy())return;${branches.join('')}}})`;
  const build = new Script(text, { filename: dispatcherFile }).runInThisContext() as (...args: unknown[]) => GuardHook;
  return build(...values.values());
}

/** What the frames of generated code are called in a stack. */
export const dispatcherFile = 'sonde:dispatcher';

/** `a0`, `a1`, …: what generated code calls a guard's values. */
export function parameterNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `a${index}`);
}
