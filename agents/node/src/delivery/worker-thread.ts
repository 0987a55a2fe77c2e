import { Worker } from 'node:worker_threads';
import type { DeliveryOptions, ToApplication, ToWorker } from './channel.ts';

export interface WorkerListener {
  onMessage(message: ToApplication): void;
  /** Called once. */
  onEnd(reason: string): void;
}

/** A running delivery worker. */
export interface WorkerThread {
  post(message: ToWorker): void;
  end(): void;
}

/** Beyond the queue: the code, what is being encoded, and messages that wait to be read. */
const heapMegabytes = 64;

/** Starts the worker's file as a thread that the application does not notice. */
export function startWorkerThread(file: URL, options: DeliveryOptions, listener: WorkerListener): WorkerThread {
  const worker = new Worker(file, {
    workerData: options,
    name: 'sonde-delivery',
    // Empty, both: without NODE_OPTIONS and flags no agent and no preload of the application runs in it, and it writes
    // no coverage and no profile of its own.
    execArgv: [],
    env: {},
    // Taken, and never read: nothing that the thread prints, a warning of Node's included, reaches the application's
    // streams.
    stdout: true,
    stderr: true,
    resourceLimits: {
      maxOldGenerationSizeMb: heapMegabytes + Math.ceil((4 * options.maxQueueBytes) / 1_048_576),
      maxYoungGenerationSizeMb: 16,
    },
  });
  let reason = 'it ended';
  worker.on('message', (message: ToApplication) => listener.onMessage(message));
  worker.on('messageerror', (error) => {
    reason = error.message;
  });
  worker.on('error', (error: unknown) => {
    reason = error instanceof Error ? error.message : String(error);
  });
  worker.once('exit', () => listener.onEnd(reason));
  // Last: a listener for messages, added later, would keep the process alive again.
  worker.unref();
  return {
    post: (message) => worker.postMessage(message),
    end: () => void worker.terminate(),
  };
}
