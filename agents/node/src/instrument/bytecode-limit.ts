/** How many values the guards of one function pass. */
export interface ArgumentLimit {
  readonly locals: number;
  readonly outer: number;
}

/**
 * TurboFan does not optimise a function of more than 61,440 bytes of bytecode (--max-optimized-bytecode-size).
 * The estimate is rough, so it stays below.
 */
const mostBytes = 50_000;
const bytesPerCharacter = 0.6;
/** The check, the call and the site's id; then one operand move per argument, wide because registers pass 127. */
const bytesPerGuard = 30;
const bytesPerArgument = 5;

const steps: readonly ArgumentLimit[] = [
  { locals: 48, outer: 24 },
  { locals: 20, outer: 10 },
  { locals: 8, outer: 4 },
  { locals: 0, outer: 0 },
];

/** What the guards of a function hold. */
export interface GuardSize {
  readonly locals: number;
  readonly outer: number;
}

/** The most values that keep a function small enough to be optimised; `undefined` when even bare guards do not. */
export function argumentLimit(characters: number, guards: readonly GuardSize[]): ArgumentLimit | undefined {
  return steps.find((step) => {
    let bytes = characters * bytesPerCharacter;
    for (const { locals, outer } of guards) {
      bytes += bytesPerGuard + bytesPerArgument * (Math.min(locals, step.locals) + Math.min(outer, step.outer));
    }
    return bytes <= mostBytes;
  });
}
