import type { Insertion } from './edits.ts';
import type { FunctionUnit, Scope, Variable } from './scope.ts';

/** A place for a guard, found during the walk; its text is known only when the whole module has been seen. */
export interface PendingSite {
  readonly unit: FunctionUnit;
  readonly scope: Scope;
  /** Offset of the statement. */
  readonly start: number;
  readonly locals: readonly Variable[];
  readonly needsSemicolon: boolean;
  readonly opening: Insertion;
  /** A statement without a block of its own gets braces, an arrow function's expression gets parentheses. */
  readonly wrap: { readonly kind: 'braces' | 'parentheses'; readonly closing: Insertion } | undefined;
}

/** More locals than this are not passed: a guard's arguments are paid in bytecode even while it is dormant. */
const mostLocals = 48;

/** Variables of the function itself that a guard can read where the walk stands, nearest scope first. */
export function localsAt(scope: Scope): readonly Variable[] {
  const found: Variable[] = [];
  for (let at: Scope | undefined = scope; at?.unit === scope.unit; at = at.parent) {
    for (const variable of at.readable(mostLocals - found.length)) {
      if (!isBoundBelow(variable.name, scope, at)) found.push(variable);
    }
  }
  return found;
}

/** Whether a scope from `scope` up to, but not including, `end` binds the name, readable or not. */
export function isBoundBelow(name: string, scope: Scope, end: Scope | undefined): boolean {
  for (let at: Scope | undefined = scope; at !== undefined && at !== end; at = at.parent) {
    if (at.variables.has(name)) return true;
  }
  return false;
}
