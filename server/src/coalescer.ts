import type { Clock } from './clock.ts';

/**
 * Runs at once when a key is first asked for, and then at most once per interval and key however often it is asked for:
 * a single change arrives without delay, a flood of them as a few.
 */
export class Coalescer<K> {
  readonly #clock: Clock;
  readonly #intervalMs: number;
  readonly #run: (key: K) => void;
  /** Keys whose interval has not passed. */
  readonly #recent = new Map<K, { again: boolean; readonly cancel: () => void }>();

  constructor(clock: Clock, intervalMs: number, run: (key: K) => void) {
    this.#clock = clock;
    this.#intervalMs = intervalMs;
    this.#run = run;
  }

  ask(key: K): void {
    const recent = this.#recent.get(key);
    if (recent) {
      recent.again = true;
      return;
    }
    const cancel = this.#clock.schedule(this.#intervalMs, () => {
      const again = this.#recent.get(key)?.again;
      this.#recent.delete(key);
      if (again) this.ask(key);
    });
    this.#recent.set(key, { again: false, cancel });
    this.#run(key);
  }

  stop(): void {
    for (const { cancel } of this.#recent.values()) cancel();
    this.#recent.clear();
  }
}
