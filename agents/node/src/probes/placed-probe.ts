import type { Probe, ProbeReport, ProbeStatus, Problem } from '@sonde/protocol/agent';
import type { Governed } from './governor.ts';
import { ProbeMeter } from './probe-meter.ts';
import type { ProbeTarget } from './probe-target.ts';

/**
 * What one reach of a line is reckoned to cost when it is too short for a clock to see: a guard is about a nanosecond;
 * V8 stops for about 80 µs at a breakpoint before any of our code runs.
 */
const reachCostNs = { guard: 1, breakpoint: 80_000 } as const;

/** Puts the probe on its targets; called again after each pause. Returns what takes it off. */
export type Stand = () => (() => void)[];

/** A probe in this process: where it stands, what it has seen, and what there is to say about it. */
export class PlacedProbe implements Governed {
  readonly probe: Probe;
  readonly meter = new ProbeMeter();
  #targets: readonly ProbeTarget[] = [];
  #problem: Problem | undefined;
  #stand: Stand | undefined;
  #removers: (() => void)[] = [];
  /** Breakpoints that V8 has not confirmed yet. */
  #awaited = new Set<object>();
  #paused = false;
  #complete = false;
  #throttledBefore = 0;

  constructor(probe: Probe) {
    this.probe = probe;
  }

  get targets(): readonly ProbeTarget[] {
    return this.#targets;
  }

  install(targets: readonly ProbeTarget[], stand: Stand): void {
    this.remove();
    this.#targets = targets;
    this.#problem = undefined;
    this.#awaited = new Set();
    this.#stand = stand;
    if (!this.#paused && !this.#complete) this.#removers = stand();
  }

  /** Takes the probe off its line for good, with the reason. The meter keeps what it counted. */
  fail(problem: Problem): void {
    this.remove();
    this.#problem = problem;
  }

  /** Something on the way to standing is not done at once. Returns what says that it is done. */
  await(): () => void {
    const awaited = this.#awaited;
    const one = {};
    awaited.add(one);
    return () => void awaited.delete(one);
  }

  /** Says why hits fail while the probe goes on standing. Kept to the first reason of its kind. */
  note(problem: Problem): void {
    if (this.#problem?.code !== problem.code) this.#problem = problem;
  }

  remove(): void {
    for (const take of this.#removers.splice(0)) take();
    this.#stand = undefined;
    this.#targets = [];
  }

  /** All hits it was allowed are used up: the line is free again, the server will take the probe back. */
  complete(): void {
    this.#complete = true;
    for (const take of this.#removers.splice(0)) take();
  }

  pause(): void {
    this.#paused = true;
    for (const take of this.#removers.splice(0)) take();
  }

  resume(): void {
    this.#paused = false;
    if (this.#stand && !this.#complete) this.#removers = this.#stand();
  }

  spentNs(): number {
    return this.meter.spentNs(this.#reachCostNs());
  }

  report(): ProbeReport {
    return {
      probeId: this.probe.id,
      probeVersion: this.probe.version,
      status: this.#status(),
      ...(this.#problem && { problem: this.#problem }),
      bindings: this.#targets.slice(0, 100).map(({ binding }) => binding),
      counters: this.meter.counters(this.#reachCostNs()),
    };
  }

  #reachCostNs(): number {
    return reachCostNs[this.#targets[0]?.stand.kind ?? 'guard'];
  }

  #status(): ProbeStatus {
    const throttled = this.meter.throttled > this.#throttledBefore;
    this.#throttledBefore = this.meter.throttled;
    if (this.#targets.length === 0) return this.#problem ? 'error' : 'pending';
    if (this.#paused || throttled) return 'throttled';
    // What was reached stands, whatever is on its way.
    if (this.#awaited.size > 0 && this.meter.reached === 0) return 'pending';
    return this.meter.captured > 0 ? 'emitting' : 'installed';
  }
}
