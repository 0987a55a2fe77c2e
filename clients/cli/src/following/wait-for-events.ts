import type { ApiClient } from '@sonde/api-client';
import type { ProbeRecord, StoredEvent, TailMessage } from '@sonde/protocol';
import type { CliContext, Clock } from '../cli-context.ts';
import { silenceSummary } from '../screens/silence.ts';
import { followProbe } from './follow-probe.ts';
import { createProgressLine, type ProgressLine } from './progress-line.ts';

interface Waiting {
  readonly client: ApiClient;
  readonly record: ProbeRecord;
  /** How many agents matched when the probe was placed: each has a word to say on it. */
  readonly matching: number;
  /** How many events are the answer. */
  readonly wanted: number;
  /** Undefined: for as long as the probe lives. */
  readonly timeoutMs: number | undefined;
  readonly onEvent: (stored: StoredEvent) => void;
  /** Every message as it comes, for programs. */
  readonly onMessage: (message: TailMessage) => void;
  readonly showProgress: boolean;
}

/** How a wait ended, with the last that is known of the probe. */
export interface WaitEnd {
  readonly reason: 'answered' | 'timed-out' | 'interrupted' | 'over' | 'impossible';
  readonly record: ProbeRecord;
  readonly received: number;
}

const deadlineCheckMs = 100;

/** Waits for events of a probe and hands them on, saying meanwhile why none has come. */
export async function waitForEvents(context: CliContext, waiting: Waiting): Promise<WaitEnd> {
  const interruption = context.interruption();
  const deadline = startDeadline(context.clock, waiting.timeoutMs);
  const progress = waiting.showProgress ? createProgressLine(context) : silentLine;
  try {
    progress.update(silenceSummary(waiting.record));
    const end = await receive(waiting, progress, AbortSignal.any([interruption, deadline.signal]));
    return interruption.aborted && end.reason === 'timed-out' ? { ...end, reason: 'interrupted' } : end;
  } finally {
    deadline.stop();
    progress.stop();
  }
}

async function receive(waiting: Waiting, progress: ProgressLine, signal: AbortSignal): Promise<WaitEnd> {
  let { record } = waiting;
  let received = 0;
  let complete = true;
  for await (const message of followProbe(waiting.client, record.probe.id, signal)) {
    if (message.kind === 'connected') continue;
    if (message.kind === 'disconnected') {
      progress.update(`connection lost (${message.reason}); trying again`);
      continue;
    }
    waiting.onMessage(message);
    if (message.kind === 'event') {
      received += 1;
      progress.clear();
      waiting.onEvent(message.event);
    } else if (message.kind === 'probe') {
      record = message.record;
      progress.update(silenceSummary(record));
    } else complete = false;
    const reason = received >= waiting.wanted ? 'answered' : endOf(record, waiting.matching, complete && received);
    if (reason) return { reason, record, received };
  }
  return { reason: 'timed-out', record, received };
}

const silentLine: ProgressLine = { update: () => undefined, clear: () => undefined, stop: () => undefined };

function startDeadline(clock: Clock, timeoutMs: number | undefined) {
  const abort = new AbortController();
  const startedMs = clock.now();
  const stop = clock.every(deadlineCheckMs, () => {
    if (timeoutMs !== undefined && clock.now() - startedMs >= timeoutMs) abort.abort();
  });
  return { signal: abort.signal, stop };
}

/**
 * Whether nothing more can come. The events of a completed probe may arrive after the word of its end; how many were
 * received does not tell (`false`) once some were left out. An agent that has said nothing yet may still install it.
 */
function endOf(
  { state, hits, reports }: ProbeRecord,
  matching: number,
  received: number | false,
): 'over' | 'impossible' | undefined {
  if (state === 'completed') return received === false || received >= hits ? 'over' : undefined;
  if (state !== 'active') return 'over';
  const refused = reports.length >= Math.max(1, matching) && reports.every(({ report }) => report.status === 'error');
  return refused ? 'impossible' : undefined;
}
