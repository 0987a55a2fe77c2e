import type { Clock } from './stopwatch.ts';

/** A probe as the governor sees it. */
export interface Governed {
  /** Nanoseconds of the application's thread since it was installed. */
  spentNs(): number;
  /** Takes the probe off its line until `resume`. */
  pause(): void;
  resume(): void;
}

export interface GovernorOptions {
  readonly now: Clock;
  /** Of one core, for all probes together. */
  readonly cpuShare: number;
  /** Calls back once, later, without keeping the process alive. */
  readonly later: (call: () => void, delayMs: number) => void;
}

/** How long the share may be saved up: the first hits of a probe run cold code and cost a hundred times the later ones. */
const creditMs = 10_000;
/** Figures of share are means over at least this long. */
const windowMs = 1_000;
const shortestPauseMs = 1_000;
const longestPauseMs = 30_000;

interface Account {
  atWindowStartNs: number;
  atReviewNs: number;
  pauseMs: number;
  paused: boolean;
}

/**
 * Keeps what all probes together take of the application's thread under a share of one core, by a bucket of time: it
 * fills at the share and holds ten seconds of it. When it is empty, the probe that took most lately is paused; it comes
 * back after a second, and after twice as long each time it empties the bucket again. Told after every measured piece
 * of work, so that a program that never returns to its event loop is protected too.
 */
export class Governor {
  readonly #options: GovernorOptions;
  #cpuShare: number;
  readonly #accounts = new Map<Governed, Account>();
  #windowStartMs: number;
  #reviewedMs: number;
  #creditNs: number;
  #share = 0;

  constructor(options: GovernorOptions) {
    this.#options = options;
    this.#cpuShare = options.cpuShare;
    this.#windowStartMs = options.now();
    this.#reviewedMs = this.#windowStartMs;
    this.#creditNs = this.#earnedNs(creditMs);
  }

  /** What probes took in the last whole window, of one core. */
  get share(): number {
    return this.#share;
  }

  limit(cpuShare: number): void {
    this.#cpuShare = cpuShare;
  }

  add(probe: Governed): void {
    const spentNs = probe.spentNs();
    this.#accounts.set(probe, {
      atWindowStartNs: spentNs,
      atReviewNs: spentNs,
      pauseMs: shortestPauseMs,
      paused: false,
    });
  }

  remove(probe: Governed): void {
    this.#accounts.delete(probe);
  }

  /** Looks at the accounts; cheap enough to call after each event and from a timer. */
  review(): void {
    const nowMs = this.#options.now();
    const earnedNs = this.#earnedNs(nowMs - this.#reviewedMs);
    this.#reviewedMs = nowMs;
    this.#creditNs = Math.min(this.#creditNs + earnedNs, this.#earnedNs(creditMs)) - this.#spentSinceReview();
    if (this.#creditNs < 0) this.#pauseCostliest();
    if (nowMs - this.#windowStartMs >= windowMs) this.#openWindow(nowMs);
  }

  #earnedNs(elapsedMs: number): number {
    return this.#cpuShare * elapsedMs * 1e6;
  }

  #spentSinceReview(): number {
    let sumNs = 0;
    for (const [probe, account] of this.#accounts) {
      const spentNs = probe.spentNs();
      sumNs += spentNs - account.atReviewNs;
      account.atReviewNs = spentNs;
    }
    return sumNs;
  }

  #pauseCostliest(): void {
    let costliest: { readonly probe: Governed; readonly account: Account; readonly costNs: number } | undefined;
    for (const [probe, account] of this.#accounts) {
      const costNs = account.atReviewNs - account.atWindowStartNs;
      if (!account.paused && costNs > (costliest?.costNs ?? 0)) costliest = { probe, account, costNs };
    }
    // The debt goes with the one that made it: the others are not to pay for it.
    this.#creditNs = 0;
    if (costliest) this.#pause(costliest.probe, costliest.account);
  }

  #pause(probe: Governed, account: Account): void {
    account.paused = true;
    probe.pause();
    this.#options.later(() => {
      if (this.#accounts.get(probe) !== account) return;
      account.paused = false;
      probe.resume();
    }, account.pauseMs);
    account.pauseMs = Math.min(account.pauseMs * 2, longestPauseMs);
  }

  #openWindow(nowMs: number): void {
    let sumNs = 0;
    const halfNs = this.#earnedNs(nowMs - this.#windowStartMs) / 2;
    for (const account of this.#accounts.values()) {
      const costNs = account.atReviewNs - account.atWindowStartNs;
      sumNs += costNs;
      // It stood for a window and spent little: should it be paused again, then shortly.
      if (!account.paused && costNs < halfNs) account.pauseMs = shortestPauseMs;
      account.atWindowStartNs = account.atReviewNs;
    }
    this.#share = sumNs / 1e6 / (nowMs - this.#windowStartMs);
    this.#windowStartMs = nowMs;
  }
}
