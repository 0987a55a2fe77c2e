import { type CaptureLimits, defaultCaptureLimits } from '@sonde/protocol/agent';
import type { Capture } from '../capture/capture-value.ts';
import type { StackReader } from './stack-reader.ts';

/** Every shape of value once, so that no reader of one is met for the first time in the middle of a hit. */
function sample(): unknown {
  return {
    text: 'text',
    number: 1,
    flag: true,
    nothing: null,
    big: 1n,
    symbol: Symbol('symbol'),
    list: [1, 'two', { three: 3 }],
    map: new Map([['key', { value: 1 }]]),
    set: new Set([1]),
    date: new Date(0),
    pattern: /x/,
    error: new Error('sample', { cause: new TypeError('cause') }),
    bytes: new Uint8Array(4),
    promise: Promise.resolve(1),
    call: () => undefined,
    nested: { deeper: { deepest: { cut: true } } },
  };
}

const limits: CaptureLimits = { ...defaultCaptureLimits, timeoutMs: 100 };
/** V8 compiles a function when it is first called; a few rounds are enough to have met every branch. */
const rounds = 3;

/**
 * Runs the code of a snapshot before the first hit does. V8 compiles functions when they are first called: without this
 * the first snapshot takes several milliseconds, more than its limit, and comes back empty.
 */
export function warmUp(capture: Capture, readStack: StackReader): void {
  for (let round = 0; round < rounds; round++) {
    capture.begin(limits).captureLocals(['sample', 'again'], [sample(), sample()]);
    readStack();
  }
}
