import { accessorParameter } from './guard-text.ts';
import type { FunctionUnit, Scope, Variable } from './scope.ts';

/** Records that code in `scope` names a variable, in every function between it and the variable's own. */
export function noteReference(name: string, scope: Scope): void {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    // What this function is known to read from outside, the functions around it have been told of.
    if (at.unit !== scope.unit && scope.unit.free.has(name)) return;
    const variable = at.variables.get(name);
    if (variable === undefined) continue;
    if (at.unit !== scope.unit) noteCapture(variable, scope.unit, at);
    return;
  }
}

function noteCapture(variable: Variable, user: FunctionUnit, owner: Scope): void {
  variable.captured = true;
  for (let unit: FunctionUnit | undefined = user; unit !== undefined && unit !== owner.unit; unit = unit.parent) {
    unit.free.set(variable.name, { variable, scope: owner });
  }
}

/** An arrow function has no `this` of its own: the functions around it up to the owner mention it too. */
export function noteThis(unit: FunctionUnit): void {
  for (let at: FunctionUnit | undefined = unit; at !== undefined; at = at.parent) {
    at.mentionsThis = true;
    if (at.facts.kind !== 'arrow') return;
  }
}

/** To be called while the scopes around the function still stand at the place where it is created. */
export function closeUnit(unit: FunctionUnit, moduleScope: Scope): void {
  if (unit.parent) unit.parent.nestedLength += unit.facts.end - unit.facts.start;
  for (const [name, { variable, scope }] of unit.free) {
    if (scope === moduleScope || variable.kind === 'hidden') continue;
    if (scope.isReadable(variable)) unit.outer.push(name);
    else if (name !== accessorParameter) unit.deferred.push(name);
  }
}
