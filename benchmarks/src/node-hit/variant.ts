import type { TargetProcess } from '../target-process.ts';
import type { Subject } from './subject.ts';

/** One way to have the same thing done at the timed line. */
export interface Variant {
  readonly name: 'probe' | 'hand-written' | 'v8-breakpoint';
  /** Starts the target program. */
  start(node: string, subject: Subject): Promise<RunningVariant>;
}

export interface RunningVariant {
  readonly target: TargetProcess;
  /** From now on calls are hits; to be called once, with the number of calls that were made before. */
  arm(callsBefore: number): Promise<void>;
  /**
   * Waits until all is seen that this many calls since `arm` must leave behind, and throws when it is not exactly that.
   */
  proveHits(calls: number): Promise<void>;
  /** The last proofs; then the program ends by itself. */
  finish(): Promise<void>;
  /** Whatever happened: nothing of it stays. */
  cleanUp(): Promise<void>;
}
