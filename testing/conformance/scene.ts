import { randomBytes } from 'node:crypto';
import {
  type AgentEvent,
  type AgentLimits,
  defaultCaptureLimits,
  type Explanation,
  type LogEvent,
  type Probe,
  type ProbeDraft,
  type ProbeLimits,
  type ProbeReport,
  type ProbeStatus,
  type SnapshotEvent,
} from '@sonde/protocol/agent';
import type { FakeServer } from '../src/fake-server.ts';
import type { Dialect } from './dialect.ts';
import type { Target } from './target.ts';

/** Far above anything a behaviour does, so that only those about limits meet one. */
const wideLimits: ProbeLimits = {
  maxHits: 1_000_000_000,
  maxHitsPerSecond: 10_000_000,
  // Time is no limit here: a machine that is busy elsewhere must not cut what a behaviour looks for.
  capture: { ...defaultCaptureLimits, timeoutMs: 100 },
};
const hourMs = 3_600_000;

export interface PlaceOptions {
  readonly limits?: Partial<ProbeLimits>;
  readonly expiresAtMs?: number;
  /** What its status is to be before `place` resolves; `installed` if absent. */
  readonly until?: ProbeStatus;
  /** The probe whose place it takes, with the next version. */
  readonly replaces?: Probe;
}

/** One running target, and the server's side of it. Behaviours act and look through this. */
export class Scene {
  readonly server: FakeServer;
  readonly target: Target;
  #probes: readonly Probe[] = [];

  constructor(server: FakeServer, target: Target) {
    this.server = server;
    this.target = target;
  }

  get dialect(): Dialect {
    return this.target.dialect;
  }

  /** Adds a probe to the desired set, and waits until the agent says that it stands. */
  async place(draft: ProbeDraft, options: PlaceOptions = {}): Promise<Probe> {
    const probe = this.desire(draft, options);
    await this.status(probe, options.until ?? 'installed');
    return probe;
  }

  /** Adds a probe to the desired set. */
  desire(draft: ProbeDraft, options: PlaceOptions = {}): Probe {
    const { limits, expiresAtMs = Date.now() + hourMs, replaces } = options;
    const probe: Probe = {
      ...draft,
      id: replaces?.id ?? `p_${randomBytes(8).toString('hex')}`,
      version: (replaces?.version ?? 0) + 1,
      limits: { ...wideLimits, ...limits },
      expiresAtMs,
    };
    this.#desire([...this.#probes.filter(({ id }) => id !== probe.id), probe]);
    return probe;
  }

  /** A snapshot at a mark of the program's first file. */
  snapshot(mark: string, parts: { condition?: string; watches?: readonly string[] } = {}, options?: PlaceOptions) {
    return this.place({ kind: 'snapshot', location: this.target.at(mark), watches: [], ...parts }, options);
  }

  log(mark: string, template: string, parts: { condition?: string } = {}, options?: PlaceOptions) {
    const location = this.target.at(mark);
    return this.place({ kind: 'log', location, template, level: 'info', ...parts }, options);
  }

  /** Takes these probes out of the desired set, or all, and waits until the agent has heard of it. */
  async remove(...probes: readonly Probe[]): Promise<void> {
    const ids = probes.map(({ id }) => id);
    this.#desire(ids.length === 0 ? [] : this.#probes.filter(({ id }) => !ids.includes(id)));
    await this.settled();
  }

  /** Commands are handled in order: what was sent before has been handled once this has an answer. */
  async settled(): Promise<void> {
    await this.server.ask({ file: 'no-such-file', line: 1 });
  }

  /** Runs with other limits of the agent, and puts the policy back. */
  async withLimits(limits: Partial<AgentLimits>, run: () => Promise<void>): Promise<void> {
    const { policy } = this.server;
    this.server.setPolicy({ ...policy, limits: { ...policy.limits, ...limits } });
    await this.settled();
    try {
      await run();
    } finally {
      this.server.setPolicy(policy);
      await this.settled();
    }
  }

  explain(draft: ProbeDraft): Promise<Explanation> {
    return this.server.ask(draft.location, draft);
  }

  snapshots(probe: Probe): readonly SnapshotEvent[] {
    return this.#events(probe).filter((event) => event.kind === 'snapshot');
  }

  logs(probe: Probe): readonly LogEvent[] {
    return this.#events(probe).filter((event) => event.kind === 'log');
  }

  messages(probe: Probe): readonly string[] {
    return this.logs(probe).map(({ message }) => message);
  }

  /** The first snapshot of this probe, once it is there. */
  async oneSnapshot(probe: Probe): Promise<SnapshotEvent> {
    await this.arrived(probe, 1);
    return this.snapshots(probe)[0] as SnapshotEvent;
  }

  /** Resolves when so many events of the probe are there. */
  async arrived(probe: Probe, count: number, ms?: number): Promise<void> {
    await this.server.waitUntil(() => this.#events(probe).length >= count, ms);
  }

  /** What the agent said last of this version of the probe, once it satisfies. */
  async report(probe: Probe, satisfies: (report: ProbeReport) => boolean, ms?: number): Promise<ProbeReport> {
    const last = () => this.lastReport(probe);
    const found = () => {
      const report = last();
      return report !== undefined && satisfies(report);
    };
    try {
      await this.server.waitUntil(found, ms);
    } catch (error) {
      throw new Error(`the last report is ${JSON.stringify(last())}`, { cause: error });
    }
    return last() as ProbeReport;
  }

  status(probe: Probe, status: ProbeStatus, ms?: number): Promise<ProbeReport> {
    return this.report(probe, (report) => report.status === status, ms);
  }

  lastReport({ id, version }: Probe): ProbeReport | undefined {
    return this.server.statuses().findLast(({ probeId, probeVersion }) => probeId === id && probeVersion === version);
  }

  #events({ id, version }: Probe): readonly AgentEvent[] {
    return this.server.events().filter(({ probeId, probeVersion }) => probeId === id && probeVersion === version);
  }

  #desire(probes: readonly Probe[]): void {
    this.#probes = probes;
    this.server.setProbes(probes);
  }
}
