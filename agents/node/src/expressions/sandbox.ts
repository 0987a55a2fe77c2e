import { define, deleteProperty, hasOwn, includes } from '../intrinsics/intrinsics.ts';
import { withPlainStacks } from './plain-stacks.ts';
import { createSandboxCell, type SandboxedFunction } from './sandbox-cell.ts';
import { applicationThrownText } from './thrown-text.ts';

export type SandboxResult =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'side-effect' }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'threw'; readonly message: string; readonly thrown: unknown }
  | { readonly kind: 'unavailable' };

/** Runs code of the application so that it cannot change anything. One for each thread. */
export interface Sandbox {
  /** Never throws. `fn` gets `args` as its one argument. */
  readonly evaluate: (fn: SandboxedFunction, args: readonly unknown[]) => SandboxResult;
  /** As one evaluation, for functions that return an array: its elements. Cheap where all of them are primitives. */
  readonly evaluateAll: (fn: SandboxedFunction, args: readonly unknown[]) => SandboxResult;
  /**
   * True while code runs in here. A guard that is reached then must do nothing at all: counting the hit is a write, and
   * V8 would blame it on the application.
   */
  readonly isBusy: () => boolean;
  readonly close: () => void;
}

/** What is used of `node:inspector`. */
export interface InspectorModule {
  readonly Session: new () => InspectorSession;
}

interface InspectorSession {
  connect(): void;
  disconnect(): void;
  post(method: string, params: object, callback: (error: Error | null, result: object | undefined) => void): void;
}

interface RemoteObject {
  readonly type: string;
  readonly subtype?: string;
  readonly value?: unknown;
  readonly unserializableValue?: string;
  readonly objectId?: string;
}

interface EvaluateResult {
  readonly result: RemoteObject;
  readonly exceptionDetails?: object;
}

type Answer = { readonly result: EvaluateResult } | { readonly error: Error };

const unavailable: SandboxResult = { kind: 'unavailable' };
const objectGroup = 'sonde';

/**
 * A session on the application's own thread answers within `post`, needs no `Debugger.enable`, opens no port and prints
 * nothing. `timeout` exists for `Runtime.evaluate` only, so what runs is reached through one hidden global.
 *
 * The check judges whole functions by their bytecode. Beyond what writes it refuses (Node 20 to 26) functions that read
 * an import or export of their module, spread into an object literal, or define private fields; on 20 and 22 also
 * `split` and `replace`. V8 runs checked functions as bytecode and throws away their optimised code, so an evaluation also slows the functions
 * it calls until they are optimised again: the caller's budget must count it dearer than the time it takes.
 */
export function createSandbox(options: { readonly inspector: InspectorModule; readonly timeoutMs: number }): Sandbox {
  const cell = createSandboxCell();
  let session: InspectorSession | undefined;
  let globalName = '__sonde_sandbox';
  let parametersOfOne: object = {};
  let parametersOfAll: object = {};
  let state: 'new' | 'open' | 'closed' = 'new';
  let busy = false;

  function open(): boolean {
    if (state !== 'new') return state === 'open';
    state = 'closed';
    while (hasOwn(globalThis, globalName)) globalName += '_';
    const descriptor = { __proto__: null, value: cell.run, configurable: true } as PropertyDescriptor;
    if (!define(globalThis, globalName, descriptor)) return false;
    const common = { throwOnSideEffect: true, timeout: options.timeoutMs, silent: true, objectGroup };
    parametersOfOne = { ...common, expression: `${globalName}()` };
    parametersOfAll = { ...common, expression: `${globalName}.all()` };
    session = new options.inspector.Session();
    session.connect();
    state = 'open';
    return true;
  }

  function post(method: string, params: object): Answer {
    let answer: Answer = { error: new Error('the inspector did not answer') };
    session?.post(method, params, (error, result) => {
      answer = error === null ? { result: result as EvaluateResult } : { error };
    });
    return answer;
  }

  function run(fn: SandboxedFunction, args: readonly unknown[], asList: boolean): SandboxResult {
    if (busy || !open()) return unavailable;
    busy = true;
    cell.load(fn, args);
    try {
      return decode(post('Runtime.evaluate', asList ? parametersOfAll : parametersOfOne));
    } finally {
      cell.unload();
      busy = false;
    }
  }

  function decode(answer: Answer): SandboxResult {
    if ('error' in answer) return failed(answer.error);
    const { result, exceptionDetails } = answer.result;
    if (result.objectId === undefined) return { kind: 'value', value: primitiveOf(result) };
    try {
      // What the application throws is caught inside; only V8's own refusal comes out.
      if (exceptionDetails !== undefined) return { kind: 'side-effect' };
      return fetchObject(result.objectId);
    } finally {
      // The session would keep the objects of the application alive.
      post('Runtime.releaseObjectGroup', { objectGroup });
    }
  }

  /** Hands the object itself over: an inspector result is only a description. */
  function fetchObject(objectId: string): SandboxResult {
    const functionDeclaration = `function() { ${globalName}.keep(this) }`;
    const kept = post('Runtime.callFunctionOn', { objectId, functionDeclaration, silent: true });
    if ('error' in kept) return unavailable;
    const outcome = cell.outcome();
    if (outcome === undefined) return unavailable;
    if (!outcome.threw) return { kind: 'value', value: outcome.value };
    return { kind: 'threw', message: applicationThrownText(outcome.value), thrown: outcome.value };
  }

  function evaluate(fn: SandboxedFunction, args: readonly unknown[], asList: boolean): SandboxResult {
    try {
      // V8 describes its refusal with a stack, and formats that outside of its check.
      return withPlainStacks(() => run(fn, args, asList)) ?? unavailable;
    } catch {
      // No inspector in this Node, or none permitted.
      return unavailable;
    }
  }

  return {
    evaluate: (fn, args) => evaluate(fn, args, false),
    evaluateAll(fn, args) {
      const result = evaluate(fn, args, true);
      if (result.kind !== 'value' || typeof result.value !== 'string') return result;
      return { kind: 'value', value: cell.unframe(result.value) };
    },
    isBusy: () => busy,
    close() {
      if (state === 'open') {
        session?.disconnect();
        deleteProperty(globalThis, globalName);
      }
      state = 'closed';
    },
  };
}

function failed(error: Error): SandboxResult {
  // The code is -32000 for everything; the text is V8's own and the same from Node 20 to 26.
  if (includes(error.message, 'Execution was terminated')) return { kind: 'timeout' };
  // A stack that overflows leaves no room for the catch inside.
  return { kind: 'threw', message: 'RangeError: the call could not finish', thrown: undefined };
}

function primitiveOf(result: RemoteObject): unknown {
  if (result.type === 'undefined') return undefined;
  if (result.unserializableValue !== undefined) return Number(result.unserializableValue);
  return result.subtype === 'null' ? null : result.value;
}
