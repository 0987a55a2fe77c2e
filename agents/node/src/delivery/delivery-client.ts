import type { AgentEvent, Command, Explanation, ProbeReport } from '@sonde/protocol/agent';
import type {
  ApplicationHealth,
  BreakpointReport,
  BreakpointRequest,
  DeliveryOptions,
  ToApplication,
  ToWorker,
} from './channel.ts';
import type { Clock } from './clock.ts';
import { createEventOutbox } from './event-outbox.ts';
import { createFlush } from './exit-flush.ts';
import { gaugeView } from './gauge-view.ts';
import type { LogLine } from './log-columns.ts';
import { systemClock } from './system-clock.ts';
import { WorkerKeeper } from './worker-keeper.ts';
import { startWorkerThread } from './worker-thread.ts';

export interface DeliveryClientOptions {
  /** The worker's entry, as plain JavaScript. */
  readonly workerFile: URL;
  readonly options: Omit<DeliveryOptions, 'gauge'>;
  /** Whatever the server sends; first a `policy`, each time a session opens. And `detach` when nothing can be sent. */
  onCommand(command: Command): void;
  onBreakpoint(report: BreakpointReport): void;
  onDiagnostic(message: string): void;
  readonly clock?: Clock;
  readonly startThread?: typeof startWorkerThread;
}

/** The application's side of delivery. Nothing here throws, and only `flushAtExit` blocks, within its bound. */
export interface Delivery {
  /** False: there was no room, and the event is gone. */
  emit(event: AgentEvent): boolean;
  /** The same for a line of a dynamic log: many times cheaper than an event. */
  emitLog(line: LogLine): boolean;
  /** The new word on these probes; what was said of others stays. */
  report(reports: readonly ProbeReport[]): void;
  health(health: ApplicationHealth): void;
  answer(askId: string, explanation: Explanation): void;
  /** The whole list of breakpoints that should stand. */
  setBreakpoints(breakpoints: readonly BreakpointRequest[]): void;
  /** For a listener of the process's `exit` event. */
  flushAtExit(timeoutMs?: number): void;
  /** Sends what waits, leaves, and ends the worker; resolves when that is done or a second is over. */
  stop(): Promise<void>;
}

const exitFlushMs = 300;
const stopMs = 1_000;
const stopPollMs = 5;

/** Starts the worker. It lives as long as the process and never keeps it alive. */
export function createDelivery(client: DeliveryClientOptions): Delivery {
  const { workerFile, options, onCommand, onBreakpoint } = client;
  const clock = client.clock ?? systemClock;
  const startThread = client.startThread ?? startWorkerThread;
  const contained = containment(client.onDiagnostic);
  const onDiagnostic = contained(client.onDiagnostic);
  const gauge = gaugeView();
  const lastReports = new Map<string, ProbeReport>();
  let breakpoints: readonly BreakpointRequest[] = [];
  let postedReports = 0;

  const keeper = new WorkerKeeper({
    clock,
    start: (listener) => startThread(workerFile, { ...options, gauge: gauge.buffer }, listener),
    onMessage: contained((message: ToApplication) => {
      if (message.kind === 'diagnostic') return client.onDiagnostic(message.message);
      if (message.kind !== 'command') return onBreakpoint(message);
      const { command } = message;
      if (command.kind === 'policy') {
        const { maxQueueBytes, maxEventsPerSecond, maxBytesPerSecond } = command.policy.limits;
        outbox.limitBytes(Math.min(options.maxQueueBytes, maxQueueBytes));
        outbox.limitRate(maxEventsPerSecond, maxBytesPerSecond);
      }
      onCommand(command);
    }),
    onDied() {
      // What the worker had is gone with it; what it had not taken from the port yet, too.
      gauge.add('droppedEvents', (outbox.postedEvents - gauge.get('settledEvents')) | 0);
      outbox.restart();
      gauge.set('settledEvents', 0);
      gauge.set('connected', 0);
      gauge.set('inspecting', 0);
      gauge.set('queueBytes', outbox.waitingBytes);
    },
    onRestarted() {
      if (lastReports.size > 0) postReports([...lastReports.values()]);
      if (breakpoints.length > 0) keeper.post({ kind: 'set-breakpoints', breakpoints });
      outbox.postNow();
    },
    onGaveUp: contained(() => {
      outbox.close();
      // What stands would cost the application for nothing, and no server can take it back.
      onCommand({ kind: 'detach' });
    }),
    onDiagnostic,
  });
  const post = (message: ToWorker) => keeper.post(message);
  const outbox = createEventOutbox({ clock, gauge, post });
  const flush = createFlush({ gauge, now: () => clock.now(), post, postedReports: () => postedReports });

  const postReports = (reports: readonly ProbeReport[]) => {
    postedReports += 1;
    post({ kind: 'statuses', number: postedReports, reports });
  };
  const remember = (report: ProbeReport) => {
    if (report.status === 'removed') lastReports.delete(report.probeId);
    else lastReports.set(report.probeId, report);
  };

  outbox.limitBytes(options.maxQueueBytes);
  keeper.start();
  return {
    emit: (event) => outbox.emit(event),
    emitLog: (line) => outbox.emitLog(line),
    report: contained((reports: readonly ProbeReport[]) => {
      reports.forEach(remember);
      postReports(reports);
    }),
    health: contained((health: ApplicationHealth) => void post({ kind: 'health', health })),
    answer: contained((askId: string, explanation: Explanation) => void post({ kind: 'answer', askId, explanation })),
    setBreakpoints: contained((wanted: readonly BreakpointRequest[]) => {
      breakpoints = wanted;
      post({ kind: 'set-breakpoints', breakpoints });
    }),
    flushAtExit: contained((timeoutMs: number = exitFlushMs) => {
      outbox.postNow();
      flush.atExit(timeoutMs);
    }),
    async stop() {
      outbox.postNow();
      const isDone = flush.begin();
      await untilDone(clock, isDone);
      keeper.stop();
      outbox.close();
    },
  };
}

/** Wraps what the application's thread calls, or is called with: what throws inside ends there and is reported. */
function containment(report: (message: string) => void) {
  return <A extends readonly unknown[]>(run: (...args: A) => void) =>
    (...args: A): void => {
      try {
        run(...args);
      } catch (error) {
        try {
          report(`delivery failed: ${error instanceof Error ? error.message : String(error)}`);
        } catch {
          // The reporting itself fails: there is nobody left to tell, and the application must not hear of it.
        }
      }
    };
}

function untilDone(clock: Clock, isDone: () => boolean): Promise<void> {
  const end = clock.now() + stopMs;
  return new Promise((resolve) => {
    const poll = () => {
      if (isDone() || clock.now() >= end) resolve();
      else clock.schedule(stopPollMs, poll);
    };
    poll();
  });
}
