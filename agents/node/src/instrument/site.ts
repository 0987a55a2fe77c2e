/**
 * One guard. It is written as `if(typeof CELL==='function')CELL(ARGUMENTS);`, or, before the body of an arrow function
 * without a block, as `(typeof CELL==='function'&&CELL(ARGUMENTS),BODY)`. ARGUMENTS are always, in this order:
 *
 * 1. the site's id: its index in the module's `sites`
 * 2. the value of each of `names`, one argument each
 * 3. the value of each of `outer`, one argument each
 * 4. only if `deferred` is not empty: a function `(name) => value` that reads one of `deferred`; it throws
 *    a ReferenceError while that variable is in its dead zone, so it is called inside try
 * 5. only if `hasThis`: `this`
 * 6. only if the module has `moduleNames`: a function `(name) => value` that reads one of them, and throws in the same way
 *
 * The two functions answer `undefined` for names they do not list. `siteArguments` is this list as data.
 */
export interface Site {
  /** Into the module's `functions`: the function whose cell the guard calls. */
  readonly functionIndex: number;
  /** Of the guarded statement, from 1; the same in the original and in the guarded code. */
  readonly line: number;
  readonly column: number;
  /** Locals and parameters that can be read here, nearest scope first, each name once. */
  readonly names: readonly string[];
  /** Variables of enclosing functions that the function uses anyway and that cannot be in their dead zone here. */
  readonly outer: readonly string[];
  /** Such variables that can be in their dead zone. */
  readonly deferred: readonly string[];
  readonly hasThis: boolean;
}

/** One function with guards, all of which call its cell. */
export interface GuardedFunction {
  /**
   * Name of a property of `globalThis`. Whoever loads the module defines it first, as
   * `{ value: undefined, writable: true, configurable: true, enumerable: false }`: V8 folds a guard away only while it
   * can rely on a property that exists. With the property absent the code is correct, but each guard costs a look-up.
   * To place or remove probes the property is deleted and defined again, never assigned: an assignment makes V8 treat it as
   * mutable from then on, and guards stop being free.
   */
  readonly cell: string;
  /** As a person would say it, `Cart.total`; `(module)` for the top level. */
  readonly name: string;
  readonly line: number;
  readonly endLine: number;
  readonly async: boolean;
  readonly generator: boolean;
  /** Into the module's `frames`: the names bound in this function. */
  readonly frame: number;
}

/** Names bound somewhere in one function, readable or not: what an expression must not mistake for an outer name. */
export interface Frame {
  /** The frame around it; `undefined` for the first, which is the module's own scope. */
  readonly parent: number | undefined;
  readonly bound: readonly string[];
}
