/**
 * What replicas tell each other. A signal is a wake-up: it says that something may be read from the store, never what,
 * so that one lost or doubled does no harm and a payload always fits (PostgreSQL's NOTIFY carries 8,000 bytes).
 */
export type Signal =
  /** The set of active probes has changed. */
  | { readonly kind: 'probes' }
  /** A probe's state, reports or hits have changed. */
  | { readonly kind: 'probe'; readonly probeId: string }
  /** Events were stored. */
  | { readonly kind: 'events' };

export interface Bus {
  publish(signal: Signal): void;
  /** Every signal, its own ones included, in the order of publishing; the answer ends it. */
  subscribe(listener: (signal: Signal) => void): () => void;
  close(): Promise<void>;
}
