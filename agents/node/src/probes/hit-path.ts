import type { Problem } from '@sonde/protocol/agent';
import { Interruption } from '../expressions/interruption.ts';
import type { PreparedExpression } from '../expressions/prepare-expression.ts';
import { min } from '../intrinsics/intrinsics.ts';
import type { Admission } from './admission.ts';
import type { Hit } from './hit.ts';
import type { ProbeMeter } from './probe-meter.ts';
import { problemOf, type SiteExpressions } from './site-expressions.ts';
import type { Stopwatch } from './stopwatch.ts';

export interface HitPathDeps {
  readonly meter: ProbeMeter;
  readonly admission: Admission;
  readonly hit: Hit;
  readonly stopwatch: Stopwatch;
  /** The probe's condition by itself, for when it must be evaluated in the sandbox. */
  readonly condition: { readonly expression: PreparedExpression; readonly evaluation: SiteExpressions } | undefined;
  readonly onProblem: (problem: Problem) => void;
  /** A fault of the agent's own, which no expression is to blame for. */
  readonly onFault: (error: unknown) => void;
  /** Called after each measured piece of work, so that the budget is kept while it is spent. */
  readonly onSpent: () => void;
}

/**
 * V8 runs what the sandbox calls as bytecode and throws its optimised code away, so that an evaluation costs the
 * application more than the time it takes: the budget counts it double.
 */
const sandboxWeight = 2;

/**
 * One compiled condition in so many is timed, and stands for the others: most take less than reading the clock, but one
 * may search a thousand elements. A power of two, so that choosing costs the hot path next to nothing.
 */
export const timedConditions = 1_024;

/** A condition that takes less stays, however often its line is reached: that is what conditions on hot lines are for. */
const cheapConditionNs = 1_000;
/** Until V8 has optimised it, the cheapest condition takes microseconds: that is over soon, and no reason to take it off. */
const cheapWhileColdNs = 10_000;
const coldReaches = 65_536;

/**
 * What happens at a probe's line beyond what is generated: the sandboxed condition, the admitted hit, and every error.
 * Nothing here throws.
 */
export class HitPath {
  readonly #deps: HitPathDeps;
  #lastConditionNs = 0;

  constructor(deps: HitPathDeps) {
    this.#deps = deps;
  }

  /** The condition goes to the sandbox; if it holds, the hit is taken. */
  judge(values: readonly unknown[]): void {
    const { stopwatch, meter, condition, admission } = this.#deps;
    if (!condition) return;
    const startedMs = stopwatch.now();
    try {
      const [outcome] = condition.evaluation.evaluate(values);
      meter.measuredNs += stopwatch.since(startedMs) * sandboxWeight;
      if (outcome?.kind === 'problem') this.#failed(outcome.problem);
      else if (outcome?.value && admission.take()) this.emit(values);
    } catch (error) {
      meter.unjudged++;
      this.fault(error);
    }
    this.#spent();
  }

  /** An admitted hit becomes an event. */
  emit(values: readonly unknown[]): void {
    const { stopwatch, meter, admission, hit } = this.#deps;
    const startedMs = stopwatch.now();
    try {
      this.count(hit.emit(values, admission.atMs));
    } catch (error) {
      this.fault(error);
    }
    meter.measuredNs += stopwatch.since(startedMs);
    this.#spent();
  }

  count(emitted: boolean): void {
    if (emitted) this.#deps.meter.captured++;
    else this.#deps.meter.dropped++;
  }

  /**
   * Dealing with a fault runs built-in functions, and the application may have broken the very one that failed before.
   * Then nobody is left to tell: the hit is counted, and the application hears of nothing.
   */
  fault(error: unknown): void {
    const { onFault, meter } = this.#deps;
    try {
      onFault(error);
    } catch {
      meter.failed++;
    }
  }

  now(): number {
    return this.#deps.stopwatch.now();
  }

  /**
   * One compiled condition was timed. The shorter of two in a row counts: a single one may have been interrupted, for
   * milliseconds, by something that is no concern of the probe.
   */
  conditionTook(startedMs: number): void {
    const { stopwatch, meter } = this.#deps;
    const tookNs = stopwatch.since(startedMs);
    const costNs = min(tookNs, this.#lastConditionNs);
    if (costNs > (meter.reached < coldReaches ? cheapWhileColdNs : cheapConditionNs))
      meter.measuredNs += costNs * timedConditions;
    this.#lastConditionNs = tookNs;
    this.#spent();
  }

  /**
   * A compiled condition threw. Where only code of the application could say, the sandbox is asked, and the answer is
   * true: what it took is measured already.
   */
  conditionThrew(error: unknown, values: readonly unknown[]): boolean {
    const { condition, meter } = this.#deps;
    if (error instanceof Interruption && error.kind === 'call-needed') {
      this.judge(values);
      return true;
    }
    try {
      if (condition) this.#failed(problemOf(error, condition.expression));
    } catch (fault) {
      meter.unjudged++;
      this.fault(fault);
    }
    return false;
  }

  #spent(): void {
    try {
      this.#deps.onSpent();
    } catch (error) {
      this.fault(error);
    }
  }

  #failed(problem: Problem): void {
    this.#deps.meter.unjudged++;
    this.#deps.meter.failed++;
    this.#deps.onProblem(problem);
  }
}
