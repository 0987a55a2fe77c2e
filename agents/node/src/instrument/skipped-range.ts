/**
 * - `with`, `eval`: what a name means there is only known at run time
 * - `asm`: V8 would give up compiling the function as asm.js
 * - `too-large`: with guards its bytecode could pass what TurboFan is willing to optimise
 * - `minified`: a line holds many statements, so hardly any could be guarded without moving columns
 * - `export-detection`: Node finds the names a CommonJS module exports by the exact tokens of this function
 */
export type SkipReason = 'with' | 'eval' | 'asm' | 'too-large' | 'minified' | 'export-detection';

/** Lines on which no guard can stand, and why. Both ends included. */
export interface SkippedRange {
  readonly line: number;
  readonly endLine: number;
  readonly reason: SkipReason;
}
