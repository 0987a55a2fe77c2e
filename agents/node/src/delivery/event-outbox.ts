import type { AgentEvent } from '@sonde/protocol/agent';
import type { ToWorker } from './channel.ts';
import type { Clock } from './clock.ts';
import { estimateBytes } from './event-size.ts';
import type { GaugeView } from './gauge-view.ts';
import type { PostOutcome } from './worker-keeper.ts';

/** How long an event may wait for others to go with it. */
const groupMs = 25;
/** Posting costs by the message and by the event: at this many, waiting longer gains nothing. */
const groupEvents = 500;

export interface EventOutboxOptions {
  readonly clock: Clock;
  readonly gauge: GaugeView;
  post(message: ToWorker): PostOutcome;
}

export interface EventOutbox {
  /** Posted to the worker since it was started, to be compared with `settledEvents`. Wraps around at 32 bits. */
  readonly postedEvents: number;
  readonly waitingBytes: number;
  emit(event: AgentEvent): void;
  postNow(): void;
  limitBytes(maxBytes: number): void;
  /** A new worker counts from nothing. */
  restart(): void;
  /** Drops what waits and all that comes. */
  close(): void;
}

/** Gathers events in the application's thread and posts them in groups. Beyond the bound it drops and counts. */
export function createEventOutbox(options: EventOutboxOptions): EventOutbox {
  const { clock, gauge, post } = options;
  let maxBytes = Number.POSITIVE_INFINITY;
  let waiting: AgentEvent[] = [];
  let waitingBytes = 0;
  let postedEvents = 0;
  let cancelTimer: (() => void) | undefined;

  const postNow = () => {
    cancelTimer?.();
    cancelTimer = undefined;
    if (waiting.length === 0) return;
    const outcome = post({ kind: 'events', events: waiting, bytes: waitingBytes });
    if (outcome === 'nobody') return;
    if (outcome === 'failed') return drop();
    postedEvents = (postedEvents + waiting.length) | 0;
    waiting = [];
    waitingBytes = 0;
  };
  const drop = () => {
    gauge.add('droppedEvents', waiting.length);
    gauge.add('queueBytes', -waitingBytes);
    waiting = [];
    waitingBytes = 0;
  };

  return {
    get postedEvents() {
      return postedEvents;
    },
    get waitingBytes() {
      return waitingBytes;
    },
    emit(event) {
      const bytes = estimateBytes(event);
      if (gauge.get('queueBytes') + bytes > maxBytes) return gauge.add('droppedEvents', 1);
      gauge.add('queueBytes', bytes);
      waitingBytes += bytes;
      waiting.push(event);
      if (waiting.length % groupEvents === 0) postNow();
      else cancelTimer ??= clock.schedule(groupMs, postNow);
    },
    postNow,
    limitBytes(bytes) {
      maxBytes = bytes;
    },
    restart() {
      postedEvents = 0;
    },
    close() {
      cancelTimer?.();
      cancelTimer = undefined;
      maxBytes = Number.NEGATIVE_INFINITY;
      drop();
    },
  };
}
