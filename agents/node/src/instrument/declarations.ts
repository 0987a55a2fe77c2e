import type { AnyNode, Pattern, Statement, VariableDeclaration } from 'acorn';
import { alwaysReadable, type Scope } from './scope.ts';

/** Names a pattern binds. */
export function boundNames(pattern: Pattern | null): readonly string[] {
  switch (pattern?.type) {
    case 'Identifier':
      return [pattern.name];
    case 'AssignmentPattern':
      return boundNames(pattern.left);
    case 'RestElement':
      return boundNames(pattern.argument);
    case 'ArrayPattern':
      return pattern.elements.flatMap(boundNames);
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        boundNames(property.type === 'RestElement' ? property.argument : property.value),
      );
    default:
      return [];
  }
}

export function declaredNames(declaration: VariableDeclaration): readonly string[] {
  return declaration.declarations.flatMap(({ id }) => boundNames(id));
}

/** The declaration inside labels and `export`, which is where the language hoists it from. */
export function declarationIn(statement: AnyNode): AnyNode | undefined {
  switch (statement.type) {
    case 'LabeledStatement':
      return statement.body.type === 'FunctionDeclaration' ? statement.body : undefined;
    case 'ExportNamedDeclaration':
      return statement.declaration ?? undefined;
    case 'ExportDefaultDeclaration':
      return statement.declaration;
    default:
      return statement;
  }
}

/** Declares what a statement list declares in its own block, from position `from` on. */
export function declareList(list: readonly AnyNode[], scope: Scope, from = 0): void {
  for (const [index, statement] of list.entries()) {
    const declaration = declarationIn(statement);
    if (declaration) declareInBlock(declaration, scope, from + index);
  }
}

function declareInBlock(declaration: AnyNode, scope: Scope, position: number): void {
  switch (declaration.type) {
    case 'FunctionDeclaration':
      if (declaration.id) scope.declare(declaration.id.name, 'function', alwaysReadable);
      break;
    case 'ClassDeclaration':
      if (declaration.id) scope.declare(declaration.id.name, 'value', position);
      break;
    case 'VariableDeclaration':
      if (declaration.kind === 'var') break;
      for (const name of declaredNames(declaration)) scope.declare(name, 'value', position);
      break;
    case 'ImportDeclaration':
      for (const { local } of declaration.specifiers) scope.declare(local.name, 'import', position);
      break;
  }
}

/** Declares every `var` of a function body in the function's scope, and hides names of functions in its blocks. */
export function declareVars(list: readonly AnyNode[], scope: Scope): void {
  for (const statement of list) declareVarsOf(declarationIn(statement) ?? statement, scope, false);
}

function declareVarsOf(statement: AnyNode | null | undefined, scope: Scope, nested: boolean): void {
  if (!statement) return;
  if (statement.type === 'VariableDeclaration') {
    if (statement.kind !== 'var') return;
    for (const name of declaredNames(statement)) scope.declare(name, 'value', alwaysReadable);
  } else if (statement.type === 'FunctionDeclaration') {
    if (nested && statement.id) scope.declare(statement.id.name, 'hidden', alwaysReadable);
  } else {
    for (const inner of statementsIn(statement)) declareVarsOf(inner, scope, true);
  }
}

function statementsIn(statement: AnyNode): readonly (AnyNode | null | undefined)[] {
  switch (statement.type) {
    case 'BlockStatement':
      return statement.body;
    case 'IfStatement':
      return [statement.consequent, statement.alternate];
    case 'ForStatement':
      return [declarationOf(statement.init), statement.body];
    case 'ForInStatement':
    case 'ForOfStatement':
      return [declarationOf(statement.left), statement.body];
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'LabeledStatement':
    case 'WithStatement':
      return [statement.body];
    case 'SwitchStatement':
      return statement.cases.flatMap((switchCase): readonly Statement[] => switchCase.consequent);
    case 'TryStatement':
      return [statement.block, statement.handler?.body, statement.finalizer];
    default:
      return [];
  }
}

function declarationOf(head: AnyNode | null | undefined): VariableDeclaration | undefined {
  return head?.type === 'VariableDeclaration' ? head : undefined;
}
