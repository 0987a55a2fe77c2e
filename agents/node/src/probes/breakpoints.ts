import type { BreakpointReport, BreakpointRequest } from '../delivery/channel.ts';
import { compileDispatcher, type SiteProgram } from './dispatcher.ts';
import type { GuardHook } from './guard-cells.ts';

/** Name of the global function that a breakpoint's condition calls. Also what tells a stack frame to be ours. */
const hookName = '__sonde_breakpoint';

export interface BreakpointPlace {
  readonly url: string;
  readonly line: number;
  readonly column?: number;
}

/** What became of a breakpoint: it stands since now, or cannot. Silence means that its script is not loaded. */
export type BreakpointOutcome =
  | { readonly kind: 'stands' }
  | { readonly kind: 'moved'; readonly line: number }
  | { readonly kind: 'failed'; readonly message: string };

interface Asked {
  readonly request: BreakpointRequest;
  readonly hook: GuardHook;
  readonly onOutcome: (outcome: BreakpointOutcome) => void;
}

type Thunk = () => unknown;

/**
 * Probes on lines without a guard. V8 evaluates a breakpoint's condition in the frame, so the condition itself hands
 * the values to the probe's program and yields false; nothing pauses. Each hit costs 50 to 200 µs all the same.
 */
export class Breakpoints {
  readonly #global: object;
  readonly #apply: (requests: readonly BreakpointRequest[]) => void;
  readonly #asked = new Map<string, Asked>();
  #count = 0;

  constructor(global: object, apply: (requests: readonly BreakpointRequest[]) => void) {
    this.#global = global;
    this.#apply = apply;
  }

  /**
   * Asks for a breakpoint that hands over these names in this order. V8 sets it later, or not at all. Returns what takes
   * it away.
   */
  install(
    place: BreakpointPlace,
    names: readonly string[],
    program: SiteProgram,
    onOutcome: (outcome: BreakpointOutcome) => void,
  ): () => void {
    this.#count += 1;
    const key = `b${this.#count}`;
    // Each name in a function of its own: one in its dead zone must not hide the others.
    const thunks = names.map((name) => `()=>${name}`).join(',');
    const condition = `typeof ${hookName}==='function'&&${hookName}(${JSON.stringify(key)},[${thunks}]),false`;
    const hook = compileDispatcher([program], names.length);
    this.#asked.set(key, { request: { key, ...place, condition }, hook, onOutcome });
    this.#publish();
    return () => {
      if (this.#asked.delete(key)) this.#publish();
    };
  }

  /** What the worker says of a breakpoint. */
  reported(report: BreakpointReport): void {
    const asked = this.#asked.get(report.key);
    if (!asked) return;
    if (report.kind === 'breakpoint-failed') asked.onOutcome({ kind: 'failed', message: report.message });
    // V8 takes the next place it can stop at, which may be somebody else's line.
    else if (report.line !== asked.request.line) asked.onOutcome({ kind: 'moved', line: report.line });
    else asked.onOutcome({ kind: 'stands' });
  }

  #publish(): void {
    const value =
      this.#asked.size === 0 ? undefined : (key: string, thunks: readonly Thunk[]) => this.#hit(key, thunks);
    Reflect.defineProperty(this.#global, hookName, { value, writable: true, configurable: true, enumerable: false });
    this.#apply([...this.#asked.values()].map(({ request }) => request));
  }

  #hit(key: string, thunks: readonly Thunk[]): void {
    this.#asked.get(key)?.hook(breakpointSite, ...thunks.map(readThunk));
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
