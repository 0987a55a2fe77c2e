import type { ProbeCounters } from '@sonde/protocol/agent';

/**
 * What happened at a probe's line. Plain mutable fields: generated code increments `reached` on every hit of the
 * hottest line of a service, and a field of a known shape is the cheapest thing that counts.
 */
export class ProbeMeter {
  reached = 0;
  /** How often the condition held, or there was none. */
  matched = 0;
  /** How often the condition gave no answer: it threw, or would have written. Each is one of `failed`, too. */
  unjudged = 0;
  captured = 0;
  throttled = 0;
  dropped = 0;
  failed = 0;
  /** Faults of the agent's own; each is one of `failed`, too. */
  faults = 0;
  /** Nanoseconds of the application's thread that were measured, not counting what `inlineNs` stands for. */
  measuredNs = 0;

  /** Nanoseconds this probe has taken of the application's thread, measured and reckoned. */
  spentNs(costPerReachNs: number): number {
    return Math.round(this.measuredNs + this.reached * costPerReachNs);
  }

  counters(costPerReachNs: number): ProbeCounters {
    return {
      reached: this.reached,
      conditionFalse: Math.max(0, this.reached - this.matched - this.unjudged),
      captured: this.captured,
      throttled: this.throttled,
      dropped: this.dropped,
      failed: this.failed,
      spentNs: this.spentNs(costPerReachNs),
    };
  }
}
