import type { Clock } from './clock.ts';

interface Scheduled {
  readonly atMs: number;
  readonly run: () => void;
}

/** A clock for tests: time stands still until `advance`. */
export class FakeClock implements Clock {
  #nowMs = 0;
  readonly #scheduled = new Set<Scheduled>();

  now(): number {
    return this.#nowMs;
  }

  schedule(delayMs: number, run: () => void): () => void {
    const entry = { atMs: this.#nowMs + delayMs, run };
    this.#scheduled.add(entry);
    return () => this.#scheduled.delete(entry);
  }

  /** The delays of what is scheduled, shortest first. */
  get delays(): readonly number[] {
    return [...this.#scheduled].map((entry) => entry.atMs - this.#nowMs).sort((a, b) => a - b);
  }

  /** Moves time on, runs what falls due in its order, and lets promises settle after each. */
  async advance(ms: number): Promise<void> {
    const end = this.#nowMs + ms;
    await settle();
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#scheduled.delete(next);
      this.#nowMs = next.atMs;
      next.run();
      await settle();
    }
    this.#nowMs = end;
  }

  #next(end: number): Scheduled | undefined {
    return [...this.#scheduled].filter((entry) => entry.atMs <= end).sort((a, b) => a.atMs - b.atMs)[0];
  }
}

/** Two turns of the event loop: promise callbacks run between them. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 2; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}
