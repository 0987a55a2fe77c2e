import type { AgentReport } from '@sonde/protocol';

/** What agents have made of a probe so far. */
export interface ProbeActivity {
  /** Stored events. */
  readonly hits: number;
  readonly reports: readonly AgentReport[];
}

/** Reads the activity of these probes; one without any is not in the answer. */
export type ReadActivity = (probeIds: readonly string[]) => Promise<ReadonlyMap<string, ProbeActivity>>;
