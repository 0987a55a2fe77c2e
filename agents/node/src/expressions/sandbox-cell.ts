import { charCodeAt, slice, toNumber } from '../intrinsics/intrinsics.ts';

export type SandboxedFunction = (args: readonly unknown[]) => unknown;

interface Outcome {
  readonly threw: boolean;
  readonly value: unknown;
}

export interface SandboxCell {
  /** What the inspector calls: the result of the loaded function, or a new array of whether it threw, and what. */
  readonly run: (() => unknown) & {
    /** The same for a function that returns an array; primitives in it come as one text. */
    readonly all: () => unknown;
    /** Takes the array over, outside of the check. */
    readonly keep: (outcome: unknown) => void;
  };
  readonly load: (fn: SandboxedFunction, args: readonly unknown[]) => void;
  readonly unload: () => void;
  readonly outcome: () => Outcome | undefined;
  readonly unframe: (text: string) => readonly unknown[];
}

/** Longer texts are handed over by reference: the inspector would write them as JSON and read them again. */
const maxTextLength = 2_000;

/**
 * The two sides of an evaluation. `run` is what V8 checks: it may write to nothing that was there before, so a primitive
 * leaves it as the result, several as one string, and everything else inside a new array that is fetched afterwards.
 *
 * V8 prepares each function that is called under its check anew for each evaluation, at 1 to 4 µs a function. So
 * what is called in here is one function, however long, and it calls none of the language's, which might be replaced.
 */
export function createSandboxCell(): SandboxCell {
  let fn: SandboxedFunction = () => undefined;
  let args: readonly unknown[] = [];
  let kept: Outcome | undefined;

  const run = (): unknown => {
    try {
      const result = fn(args);
      const type = typeof result;
      if (type === 'number' || type === 'boolean' || result === undefined || result === null) return result;
      return typeof result === 'string' && result.length <= maxTextLength ? result : [false, result];
    } catch (error) {
      return [true, error];
    }
  };
  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: each function more costs every evaluation its price
  const runAll = (): unknown => {
    try {
      const values = fn(args) as readonly unknown[];
      let text = '';
      for (let index = 0; index < values.length; index += 1) {
        const value = values[index];
        const type = typeof value;
        if (typeof value === 'string' && value.length <= maxTextLength) text += `s${value.length}:${value}`;
        else if (type === 'number') text += `n${value === 0 && 1 / value < 0 ? '-0' : value};`;
        else if (type === 'boolean' || value === null || value === undefined) text += `p${value};`;
        else return [false, values];
      }
      return text;
    } catch (error) {
      return [true, error];
    }
  };
  const keep = (outcome: unknown): void => {
    const pair = outcome as readonly [boolean, unknown];
    kept = { threw: pair[0], value: pair[1] };
  };

  return {
    run: Object.assign(run, { all: runAll, keep }),
    load(nextFn, nextArgs) {
      fn = nextFn;
      args = nextArgs;
      kept = undefined;
    },
    unload() {
      fn = () => undefined;
      args = [];
      kept = undefined;
    },
    outcome: () => kept,
    unframe,
  };
}

const colon = 58;
const semicolon = 59;

/** Reads what `run.all` wrote: `s5:hellon1.5;ptrue;`. */
function unframe(text: string): readonly unknown[] {
  const values: unknown[] = [];
  let at = 0;
  while (at < text.length) {
    const kind = text[at];
    const end = endOfHead(text, at + 1);
    const head = slice(text, at + 1, end);
    at = end + 1;
    let value: unknown = kind === 'p' ? primitiveOf(head) : toNumber(head);
    if (kind === 's') {
      const length = value as number;
      value = slice(text, at, at + length);
      at += length;
    }
    values[values.length] = value;
  }
  return values;
}

function primitiveOf(word: string): boolean | null | undefined {
  if (word === 'null') return null;
  return word === 'undefined' ? undefined : word === 'true';
}

function endOfHead(text: string, from: number): number {
  let at = from;
  while (charCodeAt(text, at) !== colon && charCodeAt(text, at) !== semicolon) at += 1;
  return at;
}
