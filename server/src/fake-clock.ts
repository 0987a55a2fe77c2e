import type { Clock } from './clock.ts';

interface Appointment {
  readonly atMs: number;
  readonly run: () => void;
}

/** A clock that moves only when told to. */
export class FakeClock implements Clock {
  #nowMs: number;
  readonly #appointments = new Set<Appointment>();

  constructor(nowMs = 1_700_000_000_000) {
    this.#nowMs = nowMs;
  }

  /** How many timers stand; none after a clean stop. */
  get pending(): number {
    return this.#appointments.size;
  }

  now(): number {
    return this.#nowMs;
  }

  schedule(delayMs: number, run: () => void): () => void {
    const appointment = { atMs: this.#nowMs + Math.max(0, delayMs), run };
    this.#appointments.add(appointment);
    return () => this.#appointments.delete(appointment);
  }

  /** Moves on and runs what falls due on the way, in order. */
  advance(byMs: number): void {
    const endMs = this.#nowMs + byMs;
    for (;;) {
      const due = [...this.#appointments].filter((a) => a.atMs <= endMs).sort((a, b) => a.atMs - b.atMs)[0];
      if (!due) break;
      this.#appointments.delete(due);
      this.#nowMs = Math.max(this.#nowMs, due.atMs);
      due.run();
    }
    this.#nowMs = endMs;
  }
}
