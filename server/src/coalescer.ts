import type { Clock } from './clock.ts';

/**
 * Runs `run` at once when it is first asked to, and then at most once per interval however often it is asked: a single
 * change arrives without delay, a flood of them as a few.
 */
export class Coalescer {
  readonly #clock: Clock;
  readonly #intervalMs: number;
  readonly #run: () => void;
  #asked = false;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, intervalMs: number, run: () => void) {
    this.#clock = clock;
    this.#intervalMs = intervalMs;
    this.#run = run;
  }

  /** Whether nothing is due and the interval has passed. */
  get idle(): boolean {
    return this.#cancel === undefined;
  }

  ask(): void {
    if (this.#cancel) {
      this.#asked = true;
      return;
    }
    this.#cancel = this.#clock.schedule(this.#intervalMs, () => {
      this.#cancel = undefined;
      if (!this.#asked) return;
      this.#asked = false;
      this.ask();
    });
    this.#run();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#asked = false;
  }
}
