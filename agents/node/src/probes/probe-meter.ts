import type { ProbeCounters } from '@sonde/protocol/agent';

/** A guard that is reached, and does nothing but count: too short for a clock to see. */
const guardReachNs = 1;

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
  /** Nanoseconds of the application's thread that were measured, or reckoned for what no clock of ours can see. */
  measuredNs = 0;

  /** Nanoseconds this probe has taken of the application's thread. Never less than before. */
  spentNs(): number {
    return Math.round(this.measuredNs + this.reached * guardReachNs);
  }

  counters(): ProbeCounters {
    return {
      reached: this.reached,
      conditionFalse: Math.max(0, this.reached - this.matched - this.unjudged),
      captured: this.captured,
      throttled: this.throttled,
      dropped: this.dropped,
      failed: this.failed,
      spentNs: this.spentNs(),
    };
  }
}
