import type { AnyNode, ArrowFunctionExpression } from 'acorn';
import type { Edits } from './edits.ts';
import { localsAt, type PendingSite } from './pending-site.ts';
import type { Placement } from './placement.ts';
import type { Scope } from './scope.ts';

/** Decides for each statement whether a guard stands before it, and reserves its place. */
export class SiteCollector {
  readonly sites: PendingSite[] = [];
  readonly #placement: Placement;
  readonly #edits: Edits;
  readonly #code: string;

  constructor(code: string, placement: Placement, edits: Edits) {
    this.#code = code;
    this.#placement = placement;
    this.#edits = edits;
  }

  /** A statement of a list: of a block, a function body, a `case`, a static block, the module. */
  inList(statement: AnyNode, scope: Scope): void {
    if (!executes(statement)) return;
    // A module's top level runs once and mostly binds names. A person wants to look at a loop or a call of a script
    // there, so these get guards; declarations that compute nothing do not, they would only make the file longer.
    if (scope.unit.facts.kind === 'module' && computesNothing(statement)) return;
    const place = this.#placement.before(statement.start);
    if (place === undefined) return;
    const opening = this.#edits.reserve(place.offset);
    this.#add({ start: statement.start, scope, needsSemicolon: place.needsSemicolon, opening, wrap: undefined });
  }

  /** A statement that stands alone as the body of an `if`, `else` or loop. Answers how to close it after its walk. */
  asBody(statement: AnyNode, scope: Scope): () => void {
    if (!executes(statement) || statement.type === 'BlockStatement') return () => {};
    return this.#wrapped(statement.start, statement.end, 'braces', scope);
  }

  /** The expression of an arrow function, when it starts on a line of its own and not in parentheses. */
  asArrowBody(arrow: ArrowFunctionExpression, scope: Scope): () => void {
    const place = this.#placement.before(arrow.body.start);
    if (place === undefined || !this.#code.slice(0, place.offset).endsWith('=>')) return () => {};
    return this.#wrapped(arrow.body.start, arrow.end, 'parentheses', scope);
  }

  /**
   * The closing bracket is reserved only when the walk leaves the statement: brackets that end at one offset then stand
   * in the right order, and before a guard of the next statement.
   */
  #wrapped(start: number, end: number, kind: 'braces' | 'parentheses', scope: Scope): () => void {
    const place = this.#placement.before(start);
    if (place === undefined || !this.#placement.canCloseAt(end)) return () => {};
    const opening = this.#edits.reserve(place.offset);
    const locals = localsAt(scope);
    return () => {
      const wrap = { kind, closing: this.#edits.reserve(end) };
      this.sites.push({ unit: scope.unit, scope, start, locals, needsSemicolon: false, opening, wrap });
    };
  }

  #add(site: Omit<PendingSite, 'unit' | 'locals'>): void {
    this.sites.push({ ...site, unit: site.scope.unit, locals: localsAt(site.scope) });
  }
}

/** Hoisted declarations and empty statements have nothing to stop before; text before a directive would end its effect. */
function executes(statement: AnyNode): boolean {
  switch (statement.type) {
    case 'FunctionDeclaration':
    case 'EmptyStatement':
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
      return false;
    case 'ExpressionStatement':
      return statement.directive === undefined;
    case 'LabeledStatement':
      return executes(statement.body);
    case 'ExportNamedDeclaration':
      return statement.declaration ? executes(statement.declaration) : false;
    case 'ExportDefaultDeclaration':
      return executes(statement.declaration);
    default:
      return true;
  }
}

function computesNothing(statement: AnyNode): boolean {
  if (statement.type === 'ExportNamedDeclaration' && statement.declaration) {
    return computesNothing(statement.declaration);
  }
  if (statement.type !== 'VariableDeclaration') return false;
  return statement.declarations.every(({ id, init }) => id.type === 'Identifier' && (!init || isInert(init)));
}

function isInert(init: AnyNode): boolean {
  if (init.type === 'UnaryExpression') return init.argument.type === 'Literal';
  return init.type === 'Literal' || init.type === 'ArrowFunctionExpression' || init.type === 'FunctionExpression';
}
