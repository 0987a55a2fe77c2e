import type { ProbeState } from '@sonde/protocol';
import type { KeptProbe, ProbeStore } from './probe-store.ts';

export class FakeProbeStore implements ProbeStore {
  readonly #probes = new Map<string, KeptProbe>();

  async insert(kept: KeptProbe): Promise<void> {
    if (this.#probes.has(kept.probe.id)) throw new Error(`probe ${kept.probe.id} exists`);
    this.#probes.set(kept.probe.id, kept);
  }

  async end(probeId: string, state: Exclude<ProbeState, 'active'>, atMs: number): Promise<boolean> {
    const kept = this.#probes.get(probeId);
    if (kept?.state !== 'active') return false;
    this.#probes.set(probeId, { ...kept, state, endedAtMs: atMs });
    return true;
  }

  async get(probeId: string): Promise<KeptProbe | undefined> {
    return this.#probes.get(probeId);
  }

  async list(state: ProbeState | undefined, limit: number): Promise<readonly KeptProbe[]> {
    const matching = [...this.#probes.values()].filter((kept) => state === undefined || kept.state === state);
    // The newest first; of the same millisecond, the one inserted last.
    return matching
      .reverse()
      .sort((a, b) => b.createdAtMs - a.createdAtMs)
      .slice(0, limit);
  }

  async purge(endedBeforeMs: number): Promise<void> {
    for (const [id, kept] of this.#probes)
      if (kept.endedAtMs !== undefined && kept.endedAtMs < endedBeforeMs) this.#probes.delete(id);
  }
}
