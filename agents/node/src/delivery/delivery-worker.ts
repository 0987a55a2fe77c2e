import { type AgentEvent, type AgentHealth, sessionRequest } from '@sonde/protocol/agent';
import { createAnswerSender } from './answer-sender.ts';
import { BatchSender } from './batch-sender.ts';
import type { ApplicationHealth, DeliveryOptions, ToApplication, ToWorker } from './channel.ts';
import type { Clock } from './clock.ts';
import { epochNs } from './epoch.ts';
import { createEventQueue } from './event-queue.ts';
import { expandLogs } from './expand-logs.ts';
import type { GaugeView } from './gauge-view.ts';
import { ServerConnection } from './server-connection.ts';
import { createStatusBoard } from './status-board.ts';
import type { Transport } from './transport.ts';

/** How long the end of a process may be held up by the goodbye, once everything is delivered. */
const leaveMs = 50;

export interface DeliveryWorkerOptions {
  readonly options: DeliveryOptions;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: () => number;
  readonly gauge: GaugeView;
  post(message: ToApplication): void;
}

export interface DeliveryWorker {
  start(): void;
  receive(message: Exclude<ToWorker, { readonly kind: 'set-breakpoints' }>): void;
}

/** The worker's half of delivery: takes what the application's thread sends and gets it to the server. */
export function createDeliveryWorker(worker: DeliveryWorkerOptions): DeliveryWorker {
  const { options, transport, clock, random, gauge, post } = worker;
  const queue = createEventQueue(options.maxQueueBytes);
  const board = createStatusBoard();
  const onDiagnostic = (message: string) => post({ kind: 'diagnostic', message });
  let lastHealth: ApplicationHealth = {
    eventLoopDelayMs: 0,
    heapBytes: 0,
    rssBytes: 0,
    cpuShare: 0,
    agentCpuShare: 0,
  };
  const health = (): AgentHealth => ({
    ...lastHealth,
    // Two threads add and subtract: for a moment the sum may be below nothing.
    queueBytes: Math.max(0, gauge.get('queueBytes')),
    droppedEvents: Math.max(0, gauge.get('droppedEvents')),
  });

  const sender = new BatchSender({
    transport,
    clock,
    random,
    queue,
    board,
    health,
    onSettled(events, outcome) {
      for (const event of events) gauge.add('queueBytes', -event.bytes);
      gauge.add('settledEvents', events.length);
      if (outcome === 'dropped') gauge.add('droppedEvents', events.length);
    },
    onReportsDelivered: (number) => gauge.set('deliveredReports', number),
    onReachable: (reachable) => gauge.set('connected', reachable ? 1 : 0),
    onSessionRefused: (sessionId, answer) => connection.sessionRefused(sessionId, answer),
    onDiagnostic,
  });
  const connection = new ServerConnection({
    transport,
    clock,
    random,
    session: sessionRequest.decode(options.session),
    onOpen: (session) => sender.open(session),
    onLost: () => sender.close(),
    onCommand: (command) => post({ kind: 'command', command }),
    onDiagnostic,
  });
  const answer = createAnswerSender({ transport, clock, sessionId: () => connection.sessionId, onDiagnostic });

  const toTimeNs = epochNs(options.timeOriginMs);
  const takeEvents = (events: readonly AgentEvent[], bytes: number) => {
    let kept = 0;
    let dropped = 0;
    for (const event of events) {
      const encoded = queue.offer(event);
      if (encoded) kept += encoded.bytes;
      else dropped += 1;
    }
    gauge.add('queueBytes', kept - bytes);
    gauge.add('settledEvents', dropped);
    gauge.add('droppedEvents', dropped);
    sender.wake();
  };

  const flush = async ({ flush: number, leave }: ToWorker & { readonly kind: 'flush' }) => {
    await sender.drain();
    if (leave) await atMost(leaveMs, clock, connection.leave());
    gauge.set('flushed', number);
    gauge.notify('flushed');
  };

  return {
    start: () => connection.start(),
    receive(message) {
      if (message.kind === 'events') takeEvents(message.events, message.bytes);
      else if (message.kind === 'logs') takeEvents(expandLogs(message.columns, toTimeNs), message.bytes);
      else if (message.kind === 'statuses') {
        board.update(message.number, message.reports);
        sender.wake();
      } else if (message.kind === 'health') lastHealth = message.health;
      else if (message.kind === 'answer') answer(message.askId, message.explanation);
      else void flush(message);
    },
  };
}

function atMost(ms: number, clock: Clock, work: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.schedule(ms, resolve);
    void work.then(() => {
      cancel();
      resolve();
    });
  });
}
