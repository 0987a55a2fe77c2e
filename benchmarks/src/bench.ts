/** One figure: what was measured, beside what it is compared with in the same run. */
export interface BenchCase {
  readonly case: string;
  /** What `baseline` is: `hand-written`, `v8-breakpoint`, `no-agent`; empty where there is nothing to compare with. */
  readonly against: string;
  readonly value: number;
  readonly baseline: number | null;
  readonly unit: string;
  /** `value / baseline`: the median over pairs of runs that were made one after the other. */
  readonly ratio: number | null;
  /** Quartiles of the ratio over the rounds, or of the value where there is no ratio. */
  readonly spread: readonly [number, number];
  /** What the value is made of, or other figures that it cannot be read without, in the same unit. */
  readonly parts?: { readonly [name: string]: number };
  readonly requirement?: Requirement;
}

/** What this project promises of a figure. The run says whether it holds; it does not fail when it does not. */
export interface Requirement {
  readonly text: string;
  readonly holds: boolean;
}

interface BenchContext {
  /** The Node that runs the target. */
  readonly node: string;
  /** How many rounds are measured; a bench has its own number for when none is given. */
  readonly rounds: number | undefined;
  /** A run that shows that all works, and whose figures say nothing. */
  readonly quick: boolean;
  /** Says what goes on; the results come at the end. */
  readonly progress: (text: string) => void;
}

export interface Bench {
  readonly name: string;
  /** What is measured and how, in some sentences, printed above the table. */
  readonly about: string;
  /** Why it cannot run on that Node, if so. */
  readonly refusal?: (node: NodeVersion) => string | undefined;
  /** Proves the result right first, then times it. Throws when the result is wrong. */
  readonly run: (context: BenchContext) => Promise<readonly BenchCase[]>;
}

export interface NodeVersion {
  readonly major: number;
  readonly minor: number;
}
