import type { Probe, ProbeReport, ProbeStatus, Problem } from '@sonde/protocol/agent';
import { Admission } from './admission.ts';
import type { Governed } from './governor.ts';
import { ProbeMeter } from './probe-meter.ts';
import type { ProbeTarget } from './probe-target.ts';

/** Puts the probe on its targets, on all or on none; called again after each pause. Returns what takes it off. */
export type Stand = () => (() => void)[];

const overBudget: Problem = {
  code: 'agent.over-budget',
  message:
    'the probe took more time than the agent may use of the application, so it is off its line for a while; hits are not counted until it is back',
};

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
  #admission: Admission | undefined;
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
    this.#standUp();
  }

  /** The same however often the probe is put on a line anew: its limits hold for as long as it is here. */
  admission(now: () => number): Admission {
    this.#admission ??= new Admission(this.probe, this.meter, now, () => this.#completeAmidHit());
    return this.#admission;
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
    this.#takeOff();
    this.#stand = undefined;
    this.#targets = [];
  }

  /** All hits it was allowed are used up: the line is free again, the server will take the probe back. */
  complete(): void {
    this.#complete = true;
    this.#takeOff();
  }

  pause(): void {
    this.#paused = true;
    this.#takeOff();
  }

  resume(): void {
    this.#paused = false;
    this.#standUp();
  }

  spentNs(): number {
    return this.meter.spentNs();
  }

  report(): ProbeReport {
    return {
      probeId: this.probe.id,
      probeVersion: this.probe.version,
      status: this.#status(),
      ...this.#explanation(),
      bindings: this.#targets.slice(0, 100).map(({ binding }) => binding),
      counters: this.meter.counters(),
    };
  }

  #standUp(): void {
    const stand = this.#stand;
    if (!stand || this.#paused || this.#complete) return;
    try {
      this.#removers = stand();
    } catch (error) {
      this.fail(installFault(error));
    }
    // Standing may fail the probe while some of its places are taken already.
    if (this.#stand !== stand) this.#takeOff();
  }

  #takeOff(): void {
    for (const take of this.#removers.splice(0)) take();
  }

  /** Called amid a statement of the application, which may have broken what this needs: nothing may come out. */
  #completeAmidHit(): void {
    try {
      this.complete();
    } catch {
      this.meter.failed++;
    }
  }

  /** Why it is silent now comes before why some hits failed. */
  #explanation(): { readonly problem?: Problem } {
    if (this.#paused && this.#targets.length > 0) return { problem: overBudget };
    return this.#problem ? { problem: this.#problem } : {};
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

/** What is said of a probe that could not be put on its line for a reason of the agent's own. */
export function installFault(error: unknown): Problem {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    code: 'agent.fault',
    message: `the agent failed to put the probe on this line; another line may do: ${reason.slice(0, 300)}`,
  };
}
