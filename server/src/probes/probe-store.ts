import type { Probe, ProbeState, Selector } from '@sonde/protocol';

/** A probe as it is kept: what its author and the server's clock decided. What agents say of it is its activity. */
export interface KeptProbe {
  readonly probe: Probe;
  readonly state: ProbeState;
  readonly selector: Selector;
  readonly createdAtMs: number;
  readonly createdBy: string;
  readonly endedAtMs?: number;
}

/** Where probes are kept. */
export interface ProbeStore {
  insert(probe: KeptProbe): Promise<void>;
  /** Ends a probe that is active; false when it is not, so that of two who end it one has done it. */
  end(probeId: string, state: Exclude<ProbeState, 'active'>, atMs: number): Promise<boolean>;
  get(probeId: string): Promise<KeptProbe | undefined>;
  /** Newest first. */
  list(state: ProbeState | undefined, limit: number): Promise<readonly KeptProbe[]>;
  /** Forgets what ended before `atMs`, reports included. */
  purge(endedBeforeMs: number): Promise<void>;
}
