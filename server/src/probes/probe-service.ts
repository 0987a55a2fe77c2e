import {
  type CreateProbeRequest,
  type CreateProbeResponse,
  type ExplainResponse,
  type Location,
  matchesSelector,
  type Probe,
  type ProbeDraft,
  type ProbeRecord,
  type ProbeState,
  type Selector,
  type Tags,
} from '@sonde/protocol';
import type { Bus } from '../bus/bus.ts';
import type { Clock } from '../clock.ts';
import type { IdSource } from '../random-id.ts';
import { Refusal } from '../refusal.ts';
import type { ProbeActivity, ReadActivity } from './probe-activity.ts';
import { defaultExpiryMs, limitsFor } from './probe-defaults.ts';
import { ProbeExpiry } from './probe-expiry.ts';
import { refusalOf } from './probe-refusal.ts';
import type { KeptProbe, ProbeStore } from './probe-store.ts';

/** Each agent reconciles its whole set, and each line it stands on is code it has to keep. */
const maxActive = 1_000;
/** As many as a list of the protocol carries. */
const maxListed = 10_000;
const keepEndedMs = 7 * 24 * 3_600_000;
const purgeEveryMs = 3_600_000;
const expireAgainMs = 60_000;

interface ProbeDeps {
  readonly store: ProbeStore;
  readonly activity: ReadActivity;
  readonly explain: (selector: Selector, location: Location, draft: ProbeDraft | undefined) => Promise<ExplainResponse>;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly newId: IdSource;
  /** Called with what failed in work that nobody waits for. */
  readonly report: (error: unknown) => void;
}

/** Holds the probes: places them, ends them, and knows what each agent should have. */
export class ProbeService {
  readonly #deps: ProbeDeps;
  readonly #active = new Map<string, KeptProbe>();
  readonly #expiry: ProbeExpiry;
  readonly #background = new Set<Promise<void>>();
  #creating = 0;
  #cancelPurge: () => void = () => {};
  /** Begins at the time of the start, so that it has grown over every restart. */
  #revision: number;

  constructor(deps: ProbeDeps) {
    this.#deps = deps;
    this.#revision = deps.clock.now();
    this.#expiry = new ProbeExpiry(deps.clock, (probeId) => {
      this.inBackground(this.expire(probeId));
    });
  }

  get revision(): number {
    return this.#revision;
  }

  /** Takes up the probes that were active when the server stopped, or was stopped in the midst of something. */
  async load(): Promise<void> {
    for (const kept of await this.#deps.store.list('active', maxListed)) this.activate(kept);
    const activity = await this.#deps.activity([...this.#active.keys()]);
    await this.stored(new Map([...activity].map(([probeId, { hits }]) => [probeId, hits])), []);
    this.purge();
  }

  probesFor(tags: Tags): readonly Probe[] {
    return [...this.#active.values()].filter((kept) => matchesSelector(kept.selector, tags)).map((kept) => kept.probe);
  }

  explain(selector: Selector, location: Location, draft: ProbeDraft | undefined): Promise<ExplainResponse> {
    return this.#deps.explain(selector, location, draft);
  }

  /** Places a probe, unless every agent that was asked says it could never stand there. */
  async create(request: CreateProbeRequest, createdBy: string): Promise<CreateProbeResponse> {
    if (this.#active.size + this.#creating >= maxActive) {
      throw new Refusal('probe.limit', `${maxActive} probes are active, as many as may be: remove some first`);
    }
    this.#creating += 1;
    try {
      const { draft, selector = {} } = request;
      const explained = await this.#deps.explain(selector, draft.location, draft);
      const refusal = refusalOf(explained);
      if (refusal) throw refusal;
      const kept = this.keptProbe(request, selector, createdBy);
      await this.#deps.store.insert(kept);
      this.activate(kept);
      this.changed(kept.probe.id);
      return { record: recordOf(kept, undefined), ...explained };
    } finally {
      this.#creating -= 1;
    }
  }

  async find(probeId: string): Promise<ProbeRecord | undefined> {
    const kept = await this.#deps.store.get(probeId);
    return kept && recordOf(kept, (await this.#deps.activity([probeId])).get(probeId));
  }

  async get(probeId: string): Promise<ProbeRecord> {
    const record = await this.find(probeId);
    if (!record) throw new Refusal('probe.unknown', `There is no probe ${probeId}`);
    return record;
  }

  async list(state: ProbeState | undefined): Promise<readonly ProbeRecord[]> {
    const kept = await this.#deps.store.list(state, maxListed);
    const activity = await this.#deps.activity(kept.map(({ probe }) => probe.id));
    return kept.map((each) => recordOf(each, activity.get(each.probe.id)));
  }

  /** Removes a probe; one that has ended before stays as it ended. */
  async delete(probeId: string): Promise<ProbeRecord> {
    await this.end(probeId, 'deleted');
    return this.get(probeId);
  }

  /** What was just stored: completes the probes that have their hits. */
  async stored(hits: ReadonlyMap<string, number>, reported: readonly string[]): Promise<void> {
    for (const probeId of new Set([...hits.keys(), ...reported])) this.#deps.bus.publish({ kind: 'probe', probeId });
    for (const [probeId, count] of hits) {
      const kept = this.#active.get(probeId);
      if (kept && count >= kept.probe.limits.maxHits) await this.end(probeId, 'completed');
    }
  }

  /** Resolves once what runs by itself has ended. */
  async stop(): Promise<void> {
    this.#expiry.stop();
    this.#cancelPurge();
    await Promise.all(this.#background);
    // What failed until now has asked for another time.
    this.#expiry.stop();
  }

  private keptProbe(request: CreateProbeRequest, selector: Selector, createdBy: string): KeptProbe {
    const { draft, limits, expiresInMs = defaultExpiryMs } = request;
    const createdAtMs = this.#deps.clock.now();
    const probe: Probe = {
      ...draft,
      id: this.#deps.newId('p'),
      version: 1,
      limits: limitsFor(draft.kind, limits),
      expiresAtMs: createdAtMs + expiresInMs,
    };
    return { probe, state: 'active', selector, createdAtMs, createdBy };
  }

  private activate(kept: KeptProbe): void {
    this.#active.set(kept.probe.id, kept);
    this.#expiry.add(kept.probe.id, kept.probe.expiresAtMs);
  }

  /** A store that cannot write, for want of room, is asked again: no probe stays for ever. */
  private async expire(probeId: string): Promise<void> {
    try {
      await this.end(probeId, 'expired');
    } catch (error) {
      if (this.#active.has(probeId)) this.#expiry.add(probeId, this.#deps.clock.now() + expireAgainMs);
      throw error;
    }
  }

  private async end(probeId: string, state: Exclude<ProbeState, 'active'>): Promise<void> {
    const ended = await this.#deps.store.end(probeId, state, this.#deps.clock.now());
    if (!ended) return;
    this.#active.delete(probeId);
    this.#expiry.remove(probeId);
    this.changed(probeId);
  }

  private changed(probeId: string): void {
    this.#revision += 1;
    this.#deps.bus.publish({ kind: 'probes' });
    this.#deps.bus.publish({ kind: 'probe', probeId });
  }

  private purge(): void {
    this.inBackground(this.#deps.store.purge(this.#deps.clock.now() - keepEndedMs));
    this.#cancelPurge = this.#deps.clock.schedule(purgeEveryMs, () => this.purge());
  }

  private inBackground(work: Promise<void>): void {
    const running = work.catch(this.#deps.report).finally(() => this.#background.delete(running));
    this.#background.add(running);
  }
}

function recordOf(kept: KeptProbe, activity: ProbeActivity | undefined): ProbeRecord {
  return { ...kept, hits: activity?.hits ?? 0, reports: activity?.reports ?? [] };
}
