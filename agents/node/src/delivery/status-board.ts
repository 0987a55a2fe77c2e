import type { ProbeReport } from '@sonde/protocol/agent';

export interface StatusBoard {
  readonly hasUnsent: boolean;
  /** Number of the last `statuses` message that was read. */
  readonly lastNumber: number;
  update(number: number, reports: readonly ProbeReport[]): void;
  takeUnsent(max: number): ProbeReport[];
  /** The server has these: what says `removed` need not be said again. */
  delivered(reports: readonly ProbeReport[]): void;
  /** A new session knows nothing: every probe's status is to be sent again. */
  markAllUnsent(): void;
}

/** Keeps the last word on each probe. Only the last one goes out: reports are whole, so older ones say nothing more. */
export function createStatusBoard(): StatusBoard {
  const last = new Map<string, ProbeReport>();
  const unsent = new Set<string>();
  let lastNumber = 0;
  return {
    get hasUnsent() {
      return unsent.size > 0;
    },
    get lastNumber() {
      return lastNumber;
    },
    update(number, reports) {
      lastNumber = number;
      for (const report of reports) {
        last.set(report.probeId, report);
        unsent.add(report.probeId);
      }
    },
    takeUnsent(max) {
      const taken: ProbeReport[] = [];
      for (const probeId of unsent) {
        if (taken.length === max) break;
        unsent.delete(probeId);
        const report = last.get(probeId);
        if (report) taken.push(report);
      }
      return taken;
    },
    delivered(reports) {
      for (const report of reports)
        if (report.status === 'removed' && last.get(report.probeId) === report) last.delete(report.probeId);
    },
    markAllUnsent() {
      for (const probeId of last.keys()) unsent.add(probeId);
    },
  };
}
