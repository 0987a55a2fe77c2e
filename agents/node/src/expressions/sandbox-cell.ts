import { charCodeAt, slice, toNumber } from '../capture/intrinsics.ts';

export type SandboxedFunction = (args: readonly unknown[]) => unknown;

interface Outcome {
  readonly threw: boolean;
  readonly value: unknown;
}

export interface SandboxCell {
  readonly run: (() => unknown) & { readonly keep: (outcome: unknown) => void };
  readonly load: (fn: SandboxedFunction, args: readonly unknown[], framed: boolean) => void;
  readonly unload: () => void;
  readonly outcome: () => Outcome | undefined;
  readonly unframe: (text: string) => readonly unknown[];
}

/** Longer texts are handed over by reference: the inspector would write them as JSON and read them again. */
const maxTextLength = 2_000;

/**
 * The two sides of an evaluation. `run` is what V8 checks: it may write to nothing that was there before, so a primitive
 * leaves it as the result, several as one string, and everything else inside a new array that is fetched afterwards.
 */
export function createSandboxCell(): SandboxCell {
  let fn: SandboxedFunction = () => undefined;
  let args: readonly unknown[] = [];
  let framed = false;
  let kept: Outcome | undefined;

  const run = (): unknown => {
    let value: unknown;
    try {
      value = fn(args);
    } catch (error) {
      return [true, error];
    }
    if (framed) return frame(value as readonly unknown[]) ?? [false, value];
    return travels(value) ? value : [false, value];
  };
  const keep = (outcome: unknown): void => {
    const pair = outcome as readonly [boolean, unknown];
    kept = { threw: pair[0], value: pair[1] };
  };

  return {
    run: Object.assign(run, { keep }),
    load(nextFn, nextArgs, nextFramed) {
      fn = nextFn;
      args = nextArgs;
      framed = nextFramed;
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

function travels(value: unknown): boolean {
  if (typeof value === 'string') return value.length <= maxTextLength;
  return value === null || value === undefined || typeof value === 'number' || typeof value === 'boolean';
}

/** `s5:hellon1.5;t`: no function of the language is called, so none that was replaced and none that V8 forbids. */
function frame(values: readonly unknown[]): string | undefined {
  let text = '';
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    if (!travels(value)) return undefined;
    text += framePart(value);
  }
  return text;
}

function framePart(value: unknown): string {
  if (typeof value === 'string') return `s${value.length}:${value}`;
  if (typeof value === 'number') return value === 0 && 1 / value < 0 ? 'n-0;' : `n${value};`;
  if (value === null) return 'l';
  if (value === undefined) return 'u';
  return value === true ? 't' : 'f';
}

function unframe(text: string): readonly unknown[] {
  const values: unknown[] = [];
  let at = 0;
  while (at < text.length) {
    const kind = text[at];
    at += 1;
    let value: unknown = kind === 'l' ? null : kind === 'u' ? undefined : kind === 't';
    if (kind === 'n' || kind === 's') {
      const end = endOfNumber(text, at);
      const number = toNumber(slice(text, at, end));
      at = end + 1;
      value = number;
      if (kind === 's') {
        value = slice(text, at, at + number);
        at += number;
      }
    }
    values[values.length] = value;
  }
  return values;
}

const colon = 58;
const semicolon = 59;

function endOfNumber(text: string, from: number): number {
  let at = from;
  while (charCodeAt(text, at) !== colon && charCodeAt(text, at) !== semicolon) at += 1;
  return at;
}
