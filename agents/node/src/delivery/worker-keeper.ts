import type { ToApplication, ToWorker } from './channel.ts';
import type { Clock } from './clock.ts';
import type { WorkerListener, WorkerThread } from './worker-thread.ts';

/** After each of these a worker that died is started again; then no more. */
const restartDelaysMs = [1_000, 5_000, 30_000];

/** `nobody`: no worker is running now. `failed`: the message cannot be posted, now or ever. */
export type PostOutcome = 'posted' | 'nobody' | 'failed';

export interface WorkerKeeperOptions {
  readonly clock: Clock;
  start(listener: WorkerListener): WorkerThread;
  onMessage(message: ToApplication): void;
  /** A worker took the place of one that died; it knows nothing yet. */
  onRestarted(): void;
  onDied(): void;
  onGaveUp(): void;
  onDiagnostic(message: string): void;
}

/** Keeps one worker running, within reason. */
export class WorkerKeeper {
  readonly #options: WorkerKeeperOptions;
  #thread: WorkerThread | undefined;
  #deaths = 0;
  #stopped = false;
  #cancelRestart = () => {};

  constructor(options: WorkerKeeperOptions) {
    this.#options = options;
  }

  /** False: there is no worker to start, and `onGaveUp` or a later restart follows. */
  start(): boolean {
    const { start, onMessage } = this.#options;
    let thread: WorkerThread | undefined;
    try {
      thread = start({
        onMessage: (message) => {
          if (thread === this.#thread && !this.#stopped) onMessage(message);
        },
        onEnd: (reason) => {
          if (thread === this.#thread) this.#died(reason);
        },
      });
    } catch (error) {
      // Node's permission model refuses threads, and so may the system.
      this.#died(textOf(error));
      return false;
    }
    this.#thread = thread;
    return true;
  }

  post(message: ToWorker): PostOutcome {
    if (!this.#thread) return 'nobody';
    try {
      this.#thread.post(message);
      return 'posted';
    } catch (error) {
      this.#options.onDiagnostic(`${message.kind} could not be posted: ${textOf(error)}`);
      return 'failed';
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelRestart();
    this.#thread?.end();
    this.#thread = undefined;
  }

  #died(reason: string): void {
    this.#thread = undefined;
    if (this.#stopped) return;
    const { clock, onDied, onGaveUp, onRestarted, onDiagnostic } = this.#options;
    onDied();
    const delayMs = restartDelaysMs[this.#deaths];
    this.#deaths += 1;
    if (delayMs === undefined) {
      onDiagnostic(`the delivery worker died again (${reason}); nothing more is sent by this process`);
      onGaveUp();
      return;
    }
    onDiagnostic(`the delivery worker died (${reason}); it is started again in ${delayMs / 1000} s`);
    this.#cancelRestart = clock.schedule(delayMs, () => {
      if (this.start()) onRestarted();
    });
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
