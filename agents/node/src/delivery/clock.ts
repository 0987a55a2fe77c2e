/** Time as the agent's delivery sees it; tests pass one that they move by hand. */
export interface Clock {
  /** Milliseconds from some fixed point; never goes back. */
  now(): number;
  /** Calls once after `delayMs`; the answer cancels. Never keeps the process alive. */
  schedule(delayMs: number, run: () => void): () => void;
}
