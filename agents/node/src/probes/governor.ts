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

/** The share holds over this long: short enough to protect a busy service, long enough for one deep snapshot. */
const windowMs = 1_000;
const longestPauseMs = 30_000;

interface Account {
  atWindowStartNs: number;
  pauseMs: number;
  paused: boolean;
}

/**
 * Keeps what all probes together take of the application's thread under a share of one core. When a window's budget is
 * used up, the probe that took most of it is paused; it comes back after the window, and after twice as long each time
 * it overspends again. Told after every measured piece of work, so that a program that never returns to its event loop
 * is protected too.
 */
export class Governor {
  readonly #options: GovernorOptions;
  readonly #accounts = new Map<Governed, Account>();
  #windowStartMs: number;
  #share = 0;

  constructor(options: GovernorOptions) {
    this.#options = options;
    this.#windowStartMs = options.now();
  }

  /** What probes took in the last whole window, of one core. */
  get share(): number {
    return this.#share;
  }

  add(probe: Governed): void {
    this.#accounts.set(probe, { atWindowStartNs: probe.spentNs(), pauseMs: windowMs, paused: false });
  }

  remove(probe: Governed): void {
    this.#accounts.delete(probe);
  }

  /** Looks at the accounts; cheap enough to call after each event and from a timer. */
  review(): void {
    const nowMs = this.#options.now();
    const elapsedMs = nowMs - this.#windowStartMs;
    const spentNs = this.#spentInWindow();
    if (elapsedMs >= windowMs) this.#share = spentNs / 1e6 / elapsedMs;
    // A window that lasted longer, because nobody looked, had that much more to spend.
    const budgetNs = this.#options.cpuShare * Math.max(windowMs, elapsedMs) * 1e6;
    if (spentNs > budgetNs) this.#pauseCostliest(spentNs - budgetNs);
    if (elapsedMs >= windowMs) this.#openWindow(nowMs);
  }

  #spentInWindow(): number {
    let spentNs = 0;
    for (const [probe, account] of this.#accounts) spentNs += probe.spentNs() - account.atWindowStartNs;
    return spentNs;
  }

  #pauseCostliest(excessNs: number): void {
    const costs = [...this.#accounts]
      .filter(([, account]) => !account.paused)
      .map(([probe, account]) => ({ probe, account, costNs: probe.spentNs() - account.atWindowStartNs }))
      .sort((a, b) => b.costNs - a.costNs);
    let leftNs = excessNs;
    for (const { probe, account, costNs } of costs) {
      if (leftNs <= 0) return;
      leftNs -= costNs;
      this.#pause(probe, account);
    }
  }

  #pause(probe: Governed, account: Account): void {
    account.paused = true;
    probe.pause();
    this.#options.later(() => {
      if (this.#accounts.get(probe) !== account) return;
      account.paused = false;
      account.atWindowStartNs = probe.spentNs();
      probe.resume();
    }, account.pauseMs);
    account.pauseMs = Math.min(account.pauseMs * 2, longestPauseMs);
  }

  #openWindow(nowMs: number): void {
    this.#windowStartMs = nowMs;
    for (const [probe, account] of this.#accounts) {
      const spentNs = probe.spentNs();
      // Behaved for a whole window: the next pause is short again.
      if (!account.paused && spentNs - account.atWindowStartNs < (this.#options.cpuShare * windowMs * 1e6) / 2)
        account.pauseMs = windowMs;
      account.atWindowStartNs = spentNs;
    }
  }
}
