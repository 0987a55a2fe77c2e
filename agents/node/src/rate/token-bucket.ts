/** Lets through `perSecond` on average and a burst of one second's worth, at least one. Time is in milliseconds. */
export class TokenBucket {
  readonly #perMs: number;
  readonly #size: number;
  #tokens: number;
  #lastMs: number;

  constructor(perSecond: number, nowMs: number) {
    this.#perMs = perSecond / 1_000;
    this.#size = Math.max(1, perSecond);
    this.#tokens = this.#size;
    this.#lastMs = nowMs;
  }

  /** Takes `amount`, or nothing when there is not that much. */
  take(nowMs: number, amount = 1): boolean {
    const tokens = Math.min(this.#tokens + (nowMs - this.#lastMs) * this.#perMs, this.#size);
    this.#lastMs = nowMs;
    if (tokens < amount) {
      this.#tokens = tokens;
      return false;
    }
    this.#tokens = tokens - amount;
    return true;
  }

  /** Takes as many whole ones as there are, at most `most`. */
  takeUpTo(nowMs: number, most: number): number {
    this.take(nowMs, Number.POSITIVE_INFINITY);
    const taken = Math.max(0, Math.min(Math.floor(this.#tokens), most));
    this.#tokens -= taken;
    return taken;
  }
}
