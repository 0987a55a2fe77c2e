import type {
  AnonymousClassDeclaration,
  AnonymousFunctionDeclaration,
  AnyNode,
  ArrowFunctionExpression,
  CallExpression,
  CatchClause,
  ClassDeclaration,
  ClassExpression,
  ForInStatement,
  ForOfStatement,
  ForStatement,
  FunctionDeclaration,
  FunctionExpression,
  MethodDefinition,
  Program,
  PropertyDefinition,
  StaticBlock,
  SwitchStatement,
} from 'acorn';
import { forEachChild } from './children.ts';
import { boundNames, declarationIn, declaredNames, declareList, declareVars } from './declarations.ts';
import { exportDetectingFunctions } from './export-detection.ts';
import { noteExports } from './exports.ts';
import { FunctionNames } from './function-names.ts';
import type { ModuleKind } from './parse.ts';
import { closeUnit, noteReference, noteThis } from './references.ts';
import { alwaysReadable, type FunctionKind, FunctionUnit, Scope } from './scope.ts';
import type { SiteCollector } from './site-collector.ts';

const wrapperParameters = ['exports', 'require', 'module', '__filename', '__dirname'];

type FunctionNode = FunctionDeclaration | AnonymousFunctionDeclaration | FunctionExpression | ArrowFunctionExpression;
type ClassNode = ClassDeclaration | AnonymousClassDeclaration | ClassExpression;

/** One pass over a module in source order: scopes, what functions capture, and where guards can stand. */
export class Walk {
  readonly units: FunctionUnit[] = [];
  readonly moduleScope: Scope;
  readonly #program: Program;
  readonly #code: string;
  readonly #sites: SiteCollector;
  readonly #names = new FunctionNames();
  readonly #isCommonJs: boolean;
  readonly #exportDetecting = new Set<AnyNode>();

  constructor(program: Program, code: string, moduleKind: ModuleKind, sites: SiteCollector) {
    this.#program = program;
    this.#code = code;
    this.#sites = sites;
    const unit = this.#unit(undefined, 'module', '(module)', program, program);
    this.moduleScope = new Scope(undefined, unit);
    this.#isCommonJs = moduleKind === 'commonjs';
    if (this.#isCommonJs)
      for (const name of wrapperParameters) this.moduleScope.declare(name, 'ambient', alwaysReadable);
  }

  run(): void {
    this.#functionBody(this.#program.body, this.moduleScope);
  }

  #visit(node: AnyNode, scope: Scope): void {
    switch (node.type) {
      case 'Identifier':
        noteReference(node.name, scope);
        break;
      case 'ThisExpression':
      case 'Super':
        noteThis(scope.unit);
        break;
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        this.#function(node, scope, node.type === 'ArrowFunctionExpression' ? 'arrow' : 'function');
        break;
      case 'ClassDeclaration':
      case 'ClassExpression':
        this.#class(node, scope);
        break;
      case 'BlockStatement':
        this.#block(node.body, scope);
        break;
      case 'IfStatement':
        this.#visit(node.test, scope);
        this.#body(node.consequent, scope);
        if (node.alternate) this.#body(node.alternate, scope);
        break;
      case 'WhileStatement':
        this.#visit(node.test, scope);
        this.#body(node.body, scope);
        break;
      case 'DoWhileStatement':
        this.#body(node.body, scope);
        this.#visit(node.test, scope);
        break;
      case 'ForStatement':
        this.#for(node, scope);
        break;
      case 'ForInStatement':
      case 'ForOfStatement':
        this.#forEach(node, scope);
        break;
      case 'SwitchStatement':
        this.#switch(node, scope);
        break;
      case 'CatchClause':
        this.#catch(node, scope);
        break;
      case 'WithStatement':
        scope.unit.refuse('with');
        forEachChild(node, (child) => this.#visit(child, scope));
        break;
      case 'CallExpression':
        this.#call(node, scope);
        break;
      default:
        this.#plain(node, scope);
    }
  }

  /** Nodes that only hold expressions or statements; of those with names that are no variables, the rest. */
  #plain(node: AnyNode, scope: Scope): void {
    this.#names.note(node);
    switch (node.type) {
      case 'MemberExpression':
        this.#visit(node.object, scope);
        if (node.computed) this.#visit(node.property, scope);
        break;
      case 'Property':
        if (node.computed) this.#visit(node.key, scope);
        if (node.value.type === 'FunctionExpression' && (node.method || node.kind !== 'init')) {
          this.#function(node.value, scope, 'method');
        } else this.#visit(node.value, scope);
        break;
      case 'LabeledStatement':
        this.#visit(node.body, scope);
        break;
      case 'ExportNamedDeclaration':
        noteExports(node, scope);
        if (node.declaration) this.#visit(node.declaration, scope);
        break;
      case 'MetaProperty':
      case 'BreakStatement':
      case 'ContinueStatement':
      case 'ImportDeclaration':
      case 'ExportAllDeclaration':
        break;
      default:
        forEachChild(node, (child) => this.#visit(child, scope));
    }
  }

  #list(list: readonly AnyNode[], scope: Scope, from = 0): void {
    for (const [index, statement] of list.entries()) {
      scope.position = from + index;
      this.#sites.inList(statement, scope);
      // A hoisted function can be called before any declaration of this list has run.
      if (declarationIn(statement)?.type === 'FunctionDeclaration') scope.position = -1;
      this.#visit(statement, scope);
    }
    scope.position = from + list.length;
  }

  #block(list: readonly AnyNode[], parent: Scope): void {
    const scope = new Scope(parent, parent.unit);
    declareList(list, scope);
    this.#list(list, scope);
  }

  #functionBody(list: readonly AnyNode[], scope: Scope): void {
    declareVars(list, scope);
    declareList(list, scope);
    if (list.some((statement) => statement.type === 'ExpressionStatement' && statement.directive === 'use asm')) {
      scope.unit.refuse('asm');
    }
    this.#list(list, scope);
  }

  #body(statement: AnyNode, scope: Scope): void {
    const close = this.#sites.asBody(statement, scope);
    this.#visit(statement, scope);
    close();
  }

  /** Names of a loop's head are in their dead zone in the head and readable in the body. */
  #head(head: AnyNode | null | undefined, parent: Scope): Scope {
    const scope = new Scope(parent, parent.unit);
    if (head?.type === 'VariableDeclaration' && head.kind !== 'var') {
      for (const name of declaredNames(head)) scope.declare(name, 'value', 0);
    }
    return scope;
  }

  #for(node: ForStatement, parent: Scope): void {
    const scope = this.#head(node.init, parent);
    for (const part of [node.init, node.test, node.update]) if (part) this.#visit(part, scope);
    scope.position = 1;
    this.#body(node.body, scope);
  }

  #forEach(node: ForInStatement | ForOfStatement, parent: Scope): void {
    const scope = this.#head(node.left, parent);
    this.#visit(node.left, scope);
    this.#visit(node.right, scope);
    scope.position = 1;
    this.#body(node.body, scope);
  }

  #switch(node: SwitchStatement, parent: Scope): void {
    this.#visit(node.discriminant, parent);
    const scope = new Scope(parent, parent.unit);
    let from = 0;
    for (const { consequent } of node.cases) {
      declareList(consequent, scope, from);
      from += consequent.length;
    }
    from = 0;
    for (const { test, consequent } of node.cases) {
      scope.position = from;
      // Control can jump here past the declarations of earlier cases.
      scope.floor = from;
      if (test) this.#visit(test, scope);
      this.#list(consequent, scope, from);
      from += consequent.length;
    }
  }

  #catch(node: CatchClause, parent: Scope): void {
    const scope = new Scope(parent, parent.unit);
    if (node.param) {
      for (const name of boundNames(node.param)) scope.declare(name, 'value', 0);
      this.#visit(node.param, scope);
    }
    scope.position = 1;
    this.#visit(node.body, scope);
  }

  #call(node: CallExpression, scope: Scope): void {
    if (node.callee.type === 'Identifier' && node.callee.name === 'eval') scope.unit.refuse('eval');
    if (this.#isCommonJs) {
      for (const detecting of exportDetectingFunctions(node, this.#code)) this.#exportDetecting.add(detecting);
    }
    forEachChild(node, (child) => this.#visit(child, scope));
  }

  #function(node: FunctionNode, scope: Scope, kind: FunctionKind): void {
    const unit = this.#unit(scope.unit, kind, this.#names.of(node), node, node);
    if (this.#exportDetecting.has(node)) unit.refuse('export-detection');
    const self = new Scope(scope, unit);
    if (node.type === 'FunctionExpression' && node.id) self.declare(node.id.name, 'hidden', 0);
    const parameters = new Scope(self, unit);
    for (const param of node.params) for (const name of boundNames(param)) parameters.declare(name, 'value', 0);
    for (const param of node.params) this.#visit(param, parameters);
    parameters.position = 1;
    if (node.body.type === 'BlockStatement') {
      this.#functionBody(node.body.body, new Scope(parameters, unit));
    } else if (node.type === 'ArrowFunctionExpression') {
      const close = this.#sites.asArrowBody(node, parameters);
      this.#visit(node.body, parameters);
      close();
    }
    closeUnit(unit, this.moduleScope);
  }

  #class(node: ClassNode, outer: Scope): void {
    const scope = new Scope(outer, outer.unit);
    // The name inside a class declaration is left to the outer binding, which holds the same class.
    if (node.type === 'ClassExpression' && node.id) scope.declare(node.id.name, 'value', 0);
    if (node.superClass) this.#visit(node.superClass, scope);
    const className = this.#names.ofClass(node);
    for (const member of node.body.body) this.#member(member, scope, className, Boolean(node.superClass));
  }

  #member(
    member: MethodDefinition | PropertyDefinition | StaticBlock,
    scope: Scope,
    className: string | undefined,
    derived: boolean,
  ): void {
    if (member.type === 'StaticBlock') {
      const unit = this.#unit(scope.unit, 'static-block', `${className ?? '(class)'} static block`, member);
      this.#functionBody(member.body, new Scope(scope, unit));
      closeUnit(unit, this.moduleScope);
      return;
    }
    this.#names.note(member, className);
    if (member.computed) this.#visit(member.key, scope);
    if (member.type === 'MethodDefinition') {
      const isDerived = derived && member.kind === 'constructor';
      this.#function(member.value, scope, isDerived ? 'derived-constructor' : 'method');
    } else if (member.value) {
      const unit = this.#unit(scope.unit, 'field-initializer', '(field)', member.value);
      this.#visit(member.value, new Scope(scope, unit));
      closeUnit(unit, this.moduleScope);
    }
  }

  #unit(
    parent: FunctionUnit | undefined,
    kind: FunctionKind,
    name: string,
    { start, end }: { readonly start: number; readonly end: number },
    node?: AnyNode,
  ): FunctionUnit {
    const isFunction = node !== undefined && 'generator' in node;
    const async = isFunction && node.async;
    const unit = new FunctionUnit(parent, { kind, name, start, end, async, generator: isFunction && node.generator });
    this.units.push(unit);
    return unit;
  }
}
