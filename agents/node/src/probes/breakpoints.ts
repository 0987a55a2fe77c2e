import type { BreakpointRequest } from '../delivery/channel.ts';
import { compileDispatcher, type SiteProgram } from './dispatcher.ts';
import type { GuardHook } from './guard-cells.ts';

/** Name of the global function that a breakpoint's condition calls. Also what tells a stack frame to be ours. */
const hookName = '__sonde_breakpoint';

export interface BreakpointPlace {
  readonly url: string;
  readonly line: number;
  readonly column?: number;
}

type Thunk = () => unknown;

/**
 * Probes on lines without a guard. V8 evaluates a breakpoint's condition in the frame, so the condition itself hands
 * the values to the probe's program and yields false; nothing pauses. Each hit costs 50 to 200 µs all the same.
 */
export class Breakpoints {
  readonly #global: object;
  readonly #apply: (requests: readonly BreakpointRequest[]) => void;
  readonly #requests = new Map<string, BreakpointRequest>();
  readonly #hooks = new Map<string, GuardHook>();
  #count = 0;

  constructor(global: object, apply: (requests: readonly BreakpointRequest[]) => void) {
    this.#global = global;
    this.#apply = apply;
  }

  /** Asks for a breakpoint that hands over these names in this order. Returns what takes it away. */
  install(place: BreakpointPlace, names: readonly string[], program: SiteProgram): () => void {
    this.#count += 1;
    const key = `b${this.#count}`;
    // Each name in a function of its own: one in its dead zone must not hide the others.
    const thunks = names.map((name) => `()=>${name}`).join(',');
    const condition = `typeof ${hookName}==='function'&&${hookName}(${JSON.stringify(key)},[${thunks}]),false`;
    this.#hooks.set(key, compileDispatcher([program], names.length));
    this.#requests.set(key, { key, ...place, condition });
    this.#publish();
    return () => {
      this.#hooks.delete(key);
      if (this.#requests.delete(key)) this.#publish();
    };
  }

  #publish(): void {
    const value =
      this.#requests.size === 0 ? undefined : (key: string, thunks: readonly Thunk[]) => this.#hit(key, thunks);
    Reflect.defineProperty(this.#global, hookName, { value, writable: true, configurable: true, enumerable: false });
    this.#apply([...this.#requests.values()]);
  }

  #hit(key: string, thunks: readonly Thunk[]): void {
    const hook = this.#hooks.get(key);
    if (hook) hook(breakpointSite, ...thunks.map(readThunk));
  }
}

/** The site id of every program behind a breakpoint: each has a dispatcher of its own. */
export const breakpointSite = 0;

/** What a name holds that cannot be read in the frame. */
export const unreadable = Symbol('unreadable');

function readThunk(thunk: Thunk): unknown {
  try {
    return thunk();
  } catch {
    // Dead zone, or a name this scope does not have: shown as unavailable.
    return unreadable;
  }
}
