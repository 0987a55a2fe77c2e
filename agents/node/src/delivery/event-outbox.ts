import type { AgentEvent } from '@sonde/protocol/agent';
import { TokenBucket } from '../rate/token-bucket.ts';
import type { ToWorker } from './channel.ts';
import type { Clock } from './clock.ts';
import { estimateBytes, logOverhead } from './event-size.ts';
import type { GaugeView } from './gauge-view.ts';
import type { LogLine } from './log-columns.ts';
import { LogGroup } from './log-group.ts';
import type { PostOutcome } from './worker-keeper.ts';

/** How long an event may wait for others to go with it. */
const groupMs = 25;
/** Posting costs by the message and by the event: at this many, waiting longer gains nothing. */
const groupEvents = 500;
/** What is taken from the rate limits at a time. */
const eventsAtOnce = 64;
const bytesAtOnce = 16_384;

export interface EventOutboxOptions {
  readonly clock: Clock;
  readonly gauge: GaugeView;
  post(message: ToWorker): PostOutcome;
}

export interface EventOutbox {
  /** Posted to the worker since it was started, to be compared with `settledEvents`. Wraps around at 32 bits. */
  readonly postedEvents: number;
  readonly waitingBytes: number;
  /** False: there was no room, and the event is dropped. */
  emit(event: AgentEvent): boolean;
  /** The same for a line of a dynamic log. */
  emitLog(line: LogLine): boolean;
  postNow(): void;
  /** How much may wait. */
  limitBytes(maxBytes: number): void;
  /** How much may leave in a second, for all probes together. */
  limitRate(eventsPerSecond: number, bytesPerSecond: number): void;
  /** A new worker counts from nothing. */
  restart(): void;
  /** Drops what waits and all that comes. */
  close(): void;
}

/** Gathers events in the application's thread and posts them in groups. Beyond the bound it drops and counts. */
export function createEventOutbox(options: EventOutboxOptions): EventOutbox {
  const { clock, gauge, post } = options;
  const logs = new LogGroup(groupEvents);
  let maxBytes = Number.POSITIVE_INFINITY;
  let eventRate: TokenBucket | undefined;
  let byteRate: TokenBucket | undefined;
  let allowedEvents = 0;
  let allowedBytes = 0;
  let waiting: AgentEvent[] = [];
  let waitingBytes = 0;
  let logBytes = 0;
  /** What waited elsewhere when the first of the lines that wait here came: the gauge is dear to read at every line. */
  let bytesElsewhere = 0;
  let postedEvents = 0;
  let cancelTimer: (() => void) | undefined;

  /** True: the worker has them, or nobody ever will. */
  const hand = (message: ToWorker, count: number, bytes: number): boolean => {
    const outcome = post(message);
    if (outcome === 'nobody') return false;
    if (outcome === 'posted') postedEvents = (postedEvents + count) | 0;
    else {
      gauge.add('droppedEvents', count);
      gauge.add('queueBytes', -bytes);
    }
    return true;
  };
  const postEvents = () => {
    if (
      waiting.length === 0 ||
      !hand({ kind: 'events', events: waiting, bytes: waitingBytes }, waiting.length, waitingBytes)
    )
      return;
    waiting = [];
    waitingBytes = 0;
  };
  const postLogs = () => {
    if (logs.count === 0) return;
    gauge.add('queueBytes', logBytes);
    if (hand({ kind: 'logs', columns: logs.columns(), bytes: logBytes }, logs.count, logBytes)) {
      logs.clear();
      logBytes = 0;
    } else gauge.add('queueBytes', -logBytes);
  };
  const postNow = () => {
    cancelTimer?.();
    cancelTimer = undefined;
    postEvents();
    postLogs();
  };
  const drop = () => {
    gauge.add('droppedEvents', waiting.length + logs.count);
    gauge.add('queueBytes', -waitingBytes);
    waiting = [];
    waitingBytes = 0;
    logs.clear();
    logBytes = 0;
  };
  /** Asks the buckets for many at once: asking at every line would cost as much as the line. */
  const withinRate = (nowMs: number, bytes: number) => {
    if (eventRate === undefined || byteRate === undefined) return true;
    if (allowedEvents < 1) allowedEvents += eventRate.takeUpTo(nowMs, eventsAtOnce);
    if (allowedBytes < bytes) allowedBytes += byteRate.takeUpTo(nowMs, bytes + bytesAtOnce);
    if (allowedEvents < 1 || allowedBytes < bytes) return false;
    allowedEvents -= 1;
    allowedBytes -= bytes;
    return true;
  };
  const refuse = () => {
    gauge.add('droppedEvents', 1);
    return false;
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
      if (!withinRate(clock.now(), bytes)) return refuse();
      if (gauge.get('queueBytes') + bytes > maxBytes) return refuse();
      gauge.add('queueBytes', bytes);
      waitingBytes += bytes;
      waiting.push(event);
      if (waiting.length % groupEvents === 0) postNow();
      else cancelTimer ??= clock.schedule(groupMs, postNow);
      return true;
    },
    emitLog(line) {
      if (logs.count === 0) bytesElsewhere = gauge.get('queueBytes');
      const bytes = logOverhead + line.message.length;
      if (!withinRate(line.atMs, bytes)) return refuse();
      if (logs.isFull || bytesElsewhere + logBytes + bytes > maxBytes) return refuse();
      logBytes += bytes;
      logs.add(line);
      if (logs.isFull) postNow();
      else cancelTimer ??= clock.schedule(groupMs, postNow);
      return true;
    },
    postNow,
    limitBytes(bytes) {
      maxBytes = bytes;
    },
    limitRate(eventsPerSecond, bytesPerSecond) {
      allowedEvents = 0;
      allowedBytes = 0;
      eventRate = new TokenBucket(eventsPerSecond, clock.now());
      byteRate = new TokenBucket(bytesPerSecond, clock.now());
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
