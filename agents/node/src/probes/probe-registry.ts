import type { Location, Probe, ProbeReport, Problem } from '@sonde/protocol/agent';
import type { RegisteredModule } from '../source/module-registry.ts';
import type { Governor } from './governor.ts';
import { installFault, PlacedProbe, type Stand } from './placed-probe.ts';
import type { ProbeTarget, Targeting } from './probe-target.ts';

/** What preparing a probe for its targets gives: how to stand there, or why it cannot. */
export type Preparation =
  | { readonly kind: 'ready'; readonly targets: readonly ProbeTarget[]; readonly stand: Stand }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

export interface ProbeRegistryDeps {
  readonly find: (location: Location) => Targeting;
  /** Whether where the location leads may be another place now that the module is there. */
  readonly concerns: (module: RegisteredModule, location: Location) => boolean;
  readonly prepare: (placed: PlacedProbe, targets: readonly ProbeTarget[]) => Preparation;
  readonly governor: Governor;
  readonly wallClockMs: () => number;
  /** Calls back once, later, without keeping the process alive; returns what cancels it. */
  readonly later: (call: () => void, delayMs: number) => () => void;
  readonly report: (reports: readonly ProbeReport[]) => void;
}

/** Timers of Node take no more; a probe that expires later is looked at again then. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * Makes the process have just the probes it should have. The desired set comes whole; a probe is known by id and
 * version, so a new version replaces the old one, and a probe that is no longer desired leaves no trace.
 */
export class ProbeRegistry {
  readonly #deps: ProbeRegistryDeps;
  readonly #placed = new Map<string, PlacedProbe>();
  readonly #expiries = new Map<string, () => void>();
  readonly #reported = new Map<string, string>();

  constructor(deps: ProbeRegistryDeps) {
    this.#deps = deps;
  }

  reconcile(desired: readonly Probe[]): void {
    const wanted = new Map(desired.map((probe) => [probe.id, probe]));
    for (const [id, placed] of this.#placed) {
      if (wanted.get(id)?.version !== placed.probe.version) this.#remove(id, placed);
    }
    for (const probe of desired) {
      if (!this.#placed.has(probe.id) && probe.expiresAtMs > this.#deps.wallClockMs()) this.#add(probe);
    }
    this.reportChanges();
  }

  /** To be called before a loaded file runs: probes that wait for it stand there from its first line. */
  moduleAdded(module: RegisteredModule): void {
    for (const placed of this.#placed.values()) {
      if (this.#deps.concerns(module, placed.probe.location)) this.#install(placed);
    }
  }

  /** Puts every probe on its line anew. What it has counted, and what is left of its limits, stays. */
  reinstall(): void {
    for (const placed of this.#placed.values()) this.#install(placed);
    this.reportChanges();
  }

  /** Reports every probe whose report is not what was last reported. */
  reportChanges(): void {
    const changed: ProbeReport[] = [];
    for (const [id, placed] of this.#placed) {
      const report = placed.report();
      const text = JSON.stringify(report);
      if (this.#reported.get(id) === text) continue;
      this.#reported.set(id, text);
      changed.push(report);
    }
    if (changed.length > 0) this.#deps.report(changed);
  }

  /** Takes every probe off. */
  detach(): void {
    for (const [id, placed] of this.#placed) this.#remove(id, placed);
  }

  #add(probe: Probe): void {
    const placed = new PlacedProbe(probe);
    this.#placed.set(probe.id, placed);
    this.#deps.governor.add(placed);
    this.#expireAt(probe);
    this.#install(placed);
  }

  /** Its last counters go out with it: what it saw since the last report is not to be lost. */
  #remove(id: string, placed: PlacedProbe): void {
    this.#deps.report([{ ...placed.report(), status: 'removed' }]);
    placed.remove();
    this.#deps.governor.remove(placed);
    this.#placed.delete(id);
    this.#reported.delete(id);
    this.#expiries.get(id)?.();
    this.#expiries.delete(id);
  }

  #install(placed: PlacedProbe): void {
    try {
      this.#place(placed);
    } catch (error) {
      // One probe that cannot be dealt with must not cost the others of the set.
      placed.fail(installFault(error));
    }
  }

  #place(placed: PlacedProbe): void {
    const targeting = this.#deps.find(placed.probe.location);
    switch (targeting.kind) {
      case 'refused':
        placed.fail(targeting.problem);
        break;
      case 'pending':
        placed.remove();
        break;
      case 'bound': {
        const preparation = this.#deps.prepare(placed, targeting.targets);
        if (preparation.kind === 'ready') placed.install(preparation.targets, preparation.stand);
        else placed.fail(preparation.problems[0] ?? { code: 'agent.fault', message: 'refused without a reason' });
        break;
      }
    }
  }

  /** By this process's own clock: a probe ends on time even when the server is gone. */
  #expireAt(probe: Probe): void {
    const leftMs = probe.expiresAtMs - this.#deps.wallClockMs();
    const cancel = this.#deps.later(
      () => {
        const placed = this.#placed.get(probe.id);
        if (placed === undefined) return;
        if (probe.expiresAtMs > this.#deps.wallClockMs()) this.#expireAt(probe);
        else this.#remove(probe.id, placed);
      },
      Math.min(Math.max(leftMs, 0), longestTimerMs),
    );
    this.#expiries.set(probe.id, cancel);
  }
}
