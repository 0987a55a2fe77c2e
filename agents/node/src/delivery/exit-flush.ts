import type { ToWorker } from './channel.ts';
import type { GaugeView } from './gauge-view.ts';
import type { PostOutcome } from './worker-keeper.ts';

export interface FlushOptions {
  readonly gauge: GaugeView;
  /** Milliseconds that never go back. */
  now(): number;
  post(message: ToWorker): PostOutcome;
  /** Number of the last `statuses` message. */
  postedReports(): number;
}

export interface Flush {
  /** Asks the worker to send what waits and to leave. The answer says whether it is done. */
  begin(): () => boolean;
  /**
   * For the `exit` event: the same, and blocks until it is done, at most `timeoutMs`. The worker has its own event
   * loop, so its HTTP goes on. Does not wait when nothing is unsent or no server is there.
   */
  atExit(timeoutMs: number): void;
}

export function createFlush({ gauge, now, post, postedReports }: FlushOptions): Flush {
  let number = 0;
  const request = () => {
    number += 1;
    return post({ kind: 'flush', flush: number, leave: true }) === 'posted';
  };
  return {
    begin() {
      const posted = request();
      return () => !posted || gauge.get('flushed') >= number;
    },
    atExit(timeoutMs) {
      const unsent = gauge.get('queueBytes') > 0 || gauge.get('deliveredReports') !== postedReports();
      const deliverable = unsent && gauge.get('connected') === 1;
      // Node prints "Waiting for the debugger to disconnect..." when a process exits under an inspector session.
      const mustWait = deliverable || gauge.get('inspecting') === 1;
      if (!request() || !mustWait) return;
      const end = now() + timeoutMs;
      for (let left = timeoutMs; left > 0; left = end - now()) {
        const flushed = gauge.get('flushed');
        if (flushed >= number) return;
        gauge.waitWhile('flushed', flushed, left);
      }
    },
  };
}
