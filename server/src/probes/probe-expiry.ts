import type { Clock } from '../clock.ts';

/** The longest wait at a time: a clock that was set, or a machine that slept, is noticed within it. */
const maxWaitMs = 60_000;

/** Calls with each id when its time has come; one timer for all. */
export class ProbeExpiry {
  readonly #clock: Clock;
  readonly #expire: (probeId: string) => void;
  readonly #ends = new Map<string, number>();
  #cancel: (() => void) | undefined;
  #wakeAtMs = Number.POSITIVE_INFINITY;

  constructor(clock: Clock, expire: (probeId: string) => void) {
    this.#clock = clock;
    this.#expire = expire;
  }

  add(probeId: string, atMs: number): void {
    this.#ends.set(probeId, atMs);
    if (atMs < this.#wakeAtMs) this.wait();
  }

  remove(probeId: string): void {
    this.#ends.delete(probeId);
    if (this.#ends.size === 0) this.stop();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#wakeAtMs = Number.POSITIVE_INFINITY;
  }

  private wait(): void {
    this.stop();
    if (this.#ends.size === 0) return;
    const nowMs = this.#clock.now();
    const restMs = Math.min(maxWaitMs, Math.max(0, Math.min(...this.#ends.values()) - nowMs));
    this.#wakeAtMs = nowMs + restMs;
    this.#cancel = this.#clock.schedule(restMs, () => this.wake());
  }

  private wake(): void {
    const nowMs = this.#clock.now();
    for (const [probeId, atMs] of [...this.#ends]) {
      if (atMs > nowMs) continue;
      this.#ends.delete(probeId);
      this.#expire(probeId);
    }
    this.wait();
  }
}
