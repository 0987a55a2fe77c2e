import type { SkipReason } from './skipped-range.ts';

/**
 * `ambient`: a parameter of Node's CommonJS wrapper. `hidden`: bound here, but no guard may read it (a function's name
 * for itself; a function in a block, whose outer binding depends on strict mode); it still hides outer names.
 */
export type VariableKind = 'value' | 'function' | 'import' | 'ambient' | 'hidden';

export interface Variable {
  readonly name: string;
  readonly kind: VariableKind;
  /** Position of its declaration in the statement list of its scope; below 0 when it can be read from the start. */
  readonly position: number;
  captured: boolean;
  exported: boolean;
}

/** Sloppy code may bind these, but they mean something else, or nothing, where a guard would write them. */
const unreadableNames: ReadonlySet<string> = new Set(['arguments', 'eval', 'await', 'yield']);

/** Position of variables without a dead zone: `var`, function declarations. */
export const alwaysReadable = -2;

export type FunctionKind =
  | 'module'
  | 'function'
  | 'method'
  | 'derived-constructor'
  | 'arrow'
  | 'field-initializer'
  | 'static-block';

export interface FunctionFacts {
  readonly kind: FunctionKind;
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly async: boolean;
  readonly generator: boolean;
}

/** What the walk learns about one function (or the module's top level, a field initialiser, a static block). */
export class FunctionUnit {
  readonly parent: FunctionUnit | undefined;
  readonly facts: FunctionFacts;
  /** Every name bound in any scope of this function, the module's own scope left out. */
  readonly bound = new Set<string>();
  /** Names this function, or one inside it, reads from outside: what V8 keeps reachable from it anyway. */
  readonly free = new Map<string, { readonly variable: Variable; readonly scope: Scope }>();
  /** Of `free`, variables of enclosing functions: those that are initialised whenever this function runs, and the rest. */
  readonly outer: string[] = [];
  readonly deferred: string[] = [];
  mentionsThis = false;
  refusal: SkipReason | undefined;
  /** Characters of the functions directly inside. */
  nestedLength = 0;

  constructor(parent: FunctionUnit | undefined, facts: FunctionFacts) {
    this.parent = parent;
    this.facts = facts;
  }

  refuse(reason: SkipReason): void {
    this.refusal ??= reason;
  }

  isRefused(): boolean {
    return this.refusal !== undefined || (this.parent?.isRefused() ?? false);
  }

  /** Whether a guard may pass `this` without touching its dead zone and without making anything capture it anew. */
  canPassThis(): boolean {
    const { kind } = this.facts;
    if (kind === 'method' || kind === 'static-block') return true;
    return this.mentionsThis && this.#hasSafeThis();
  }

  #hasSafeThis(): boolean {
    const { kind } = this.facts;
    if (kind === 'arrow' && this.parent) return this.parent.#hasSafeThis();
    return kind !== 'module' && kind !== 'derived-constructor';
  }
}

/** Names of one block and how far the walk has come in it. */
export class Scope {
  readonly parent: Scope | undefined;
  readonly unit: FunctionUnit;
  readonly variables = new Map<string, Variable>();
  readonly #lexical: Variable[] = [];
  readonly #values: Variable[] = [];
  readonly #functions: Variable[] = [];
  #lexicalReached = 0;
  /** Position in the statement list being walked; -1 inside a function declaration, which can run before all of it. */
  position = 0;
  /** Declarations before this position may have been jumped over: the start of the current `case`. */
  floor = 0;

  constructor(parent: Scope | undefined, unit: FunctionUnit) {
    this.parent = parent;
    this.unit = unit;
  }

  declare(name: string, declaredKind: VariableKind, position: number): void {
    const kind = unreadableNames.has(name) ? 'hidden' : declaredKind;
    const known = this.variables.get(name);
    if (known !== undefined && (known.kind !== 'hidden' || kind === 'hidden')) return;
    const variable: Variable = { name, kind, position, captured: false, exported: false };
    this.variables.set(name, variable);
    if (this.parent !== undefined) this.unit.bound.add(name);
    if (kind !== 'value' && kind !== 'function') return;
    if (position >= 0) this.#lexical.push(variable);
    else (kind === 'function' ? this.#functions : this.#values).push(variable);
  }

  isReadable(variable: Variable): boolean {
    if (variable.kind === 'hidden') return false;
    if (variable.position < 0) return true;
    return variable.position >= this.floor && variable.position < this.position;
  }

  /** At most `room` variables that can be read at the current position; the latest declared win. In declaration order. */
  readable(room: number): readonly Variable[] {
    // Statements are walked in order, so this only ever moves on: a list of n declarations costs n, not n squared.
    while ((this.#lexical[this.#lexicalReached]?.position ?? Infinity) < this.position) this.#lexicalReached += 1;
    const lexical = last(this.#lexical, room, this.#lexicalReached).filter((v) => v.position >= this.floor);
    const nearest = [...last(this.#values, room - lexical.length), ...lexical];
    return [...nearest, ...last(this.#functions, room - nearest.length)];
  }
}

function last(variables: readonly Variable[], count: number, end = variables.length): readonly Variable[] {
  return count <= 0 ? [] : variables.slice(Math.max(0, end - count), end);
}
