import type { Probe } from '@sonde/protocol/agent';
import { TokenBucket } from '../rate/token-bucket.ts';
import type { ProbeMeter } from './probe-meter.ts';

/** Decides whether a hit may become an event, by the probe's own limits. Called by generated code on every hit. */
export class Admission {
  /** When the last admitted hit happened: one reading of the clock serves limit, event and stopwatch. */
  atMs = 0;
  readonly #meter: ProbeMeter;
  readonly #bucket: TokenBucket;
  readonly #now: () => number;
  readonly #onComplete: () => void;
  #left: number;

  constructor(probe: Probe, meter: ProbeMeter, now: () => number, onComplete: () => void) {
    this.#meter = meter;
    this.#now = now;
    this.#bucket = new TokenBucket(probe.limits.maxHitsPerSecond, now());
    this.#onComplete = onComplete;
    this.#left = probe.limits.maxHits;
  }

  /** One hit: counts it, and says whether it may go on. */
  take(): boolean {
    this.#meter.matched++;
    return this.admit();
  }

  /** The same for a hit that the meter has already counted. */
  admit(): boolean {
    if (this.#left <= 0) return false;
    this.atMs = this.#now();
    if (!this.#bucket.take(this.atMs)) {
      this.#meter.throttled++;
      return false;
    }
    this.#left -= 1;
    if (this.#left === 0) this.#onComplete();
    return true;
  }
}
