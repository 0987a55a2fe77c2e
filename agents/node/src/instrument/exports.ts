import type { ExportNamedDeclaration } from 'acorn';
import { declaredNames } from './declarations.ts';
import type { Scope } from './scope.ts';

/** Marks the module's own variables that an `export` statement shows. */
export function noteExports(node: ExportNamedDeclaration, moduleScope: Scope): void {
  for (const name of exportedNames(node)) {
    const variable = moduleScope.variables.get(name);
    if (variable) variable.exported = true;
  }
}

function exportedNames({ declaration, source, specifiers }: ExportNamedDeclaration): readonly string[] {
  if (declaration?.type === 'VariableDeclaration') return declaredNames(declaration);
  if (declaration) return [declaration.id.name];
  // `export { a } from 'b'` binds nothing here.
  if (source) return [];
  return specifiers.flatMap(({ local }) => (local.type === 'Identifier' ? [local.name] : []));
}
