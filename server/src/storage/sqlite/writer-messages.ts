import type { SqlValue } from './connection.ts';

/** A batch in the form that costs the writer least: bodies are text already. */
export interface EncodedBatch {
  readonly agentId: string;
  readonly service: string;
  readonly host: string;
  readonly receivedAtMs: number;
  readonly sequence: number;
  readonly events: readonly { readonly probeId: string; readonly kind: string; readonly body: string }[];
  readonly statuses: readonly { readonly probeId: string; readonly body: string }[];
}

/** To the writer thread. */
export type WriteJob =
  | { readonly kind: 'append'; readonly batch: EncodedBatch }
  /** One statement that stands for itself. */
  | { readonly kind: 'execute'; readonly sql: string; readonly parameters: readonly SqlValue[] };
export type ToWriter =
  | { readonly kind: 'job'; readonly id: number; readonly job: WriteJob }
  | { readonly kind: 'close' };

export interface AppendAnswer {
  readonly acknowledged: number;
  readonly duplicate: boolean;
  readonly hits: readonly (readonly [probeId: string, hits: number])[];
}
export interface ExecuteAnswer {
  readonly changes: number;
  readonly rows: readonly unknown[];
}
export type WriteAnswer = AppendAnswer | ExecuteAnswer;

export type WriteOutcome =
  | { readonly kind: 'done'; readonly id: number; readonly answer: WriteAnswer }
  | { readonly kind: 'failed'; readonly id: number; readonly full: boolean; readonly message: string };

/** From the writer thread; the outcomes of one commit come together. */
export type FromWriter =
  | { readonly kind: 'ready' }
  | { readonly kind: 'outcomes'; readonly outcomes: readonly WriteOutcome[] }
  /** Something failed that nobody had asked for. */
  | { readonly kind: 'fault'; readonly message: string };

export interface RetentionLimits {
  readonly maxAgeMs: number;
  readonly maxBytes: number;
  /** How often the writer looks whether something is over these. */
  readonly checkEveryMs: number;
}

export interface WriterOptions {
  readonly database: string;
  readonly retention: RetentionLimits;
}
