import type { ApiClient } from '@sonde/api-client';
import type { CreateProbeResponse, ProbeDraft, StoredEvent } from '@sonde/protocol';
import type { CliContext } from '../cli-context.ts';
import { CliError, EarlyExit } from '../cli-error.ts';
import { exitCodes } from '../exit-code.ts';
import { localSource } from '../finding/local-source.ts';
import { type WaitEnd, waitForEvents } from '../following/wait-for-events.ts';
import { type View, viewFor } from '../output/view.ts';
import { counted, lasting } from '../output/wording.ts';
import { writeJson, writeLines } from '../output/write.ts';
import { eventLine } from '../screens/event-line.ts';
import { placeText } from '../screens/place-text.ts';
import { placedScreen } from '../screens/placed-screen.ts';
import { reportReason, silenceAdvice } from '../screens/silence.ts';
import { snapshotScreen } from '../screens/snapshot-screen.ts';
import { type CaptureOptions, createRequest, defaultTimeoutMs, type PlacingOptions } from './probe-options.ts';
import { type CommonOptions, connect } from './server-options.ts';
import { withDraft } from './with-draft.ts';

export interface PlaceOptions extends CommonOptions, PlacingOptions, CaptureOptions {
  readonly follow?: true;
}

/** Places a probe and, when asked, waits for what it sends. */
export async function placeProbe(context: CliContext, draft: ProbeDraft, options: PlaceOptions): Promise<void> {
  const client = connect(context, options);
  const waits = options.wait || options.follow;
  // Whoever waits wants one answer; a probe that goes on after it would cost the application for nothing.
  const hits = options.hits ?? (options.wait && !options.follow ? 1 : undefined);
  const body = createRequest(draft, { ...options, ...(hits !== undefined && { hits }) });
  const created = await withDraft(context, draft, () => client.createProbe({ body }));
  if (options.json) writeJson(context.stdout, waits ? { kind: 'created', ...created } : created);
  else showPlaced(context, created, waits ? 'stderr' : 'stdout');
  if (!waits) return;
  await waitForAnswer(context, client, created, options, options.follow ? Number.POSITIVE_INFINITY : (hits ?? 1));
}

function showPlaced(context: CliContext, created: CreateProbeResponse, stream: 'stdout' | 'stderr'): void {
  const view = viewFor(context, context[stream]);
  const { id, location } = created.record.probe;
  const next = `sonde tail --probe ${id} · sonde show ${id} · sonde rm ${id}`;
  writeLines(context[stream], [
    ...placedScreen(created, localSource(context.cwd, location.file), view),
    ...(stream === 'stdout' ? [view.paint('gray', next)] : []),
  ]);
}

async function waitForAnswer(
  context: CliContext,
  client: ApiClient,
  { record, matching }: CreateProbeResponse,
  options: PlaceOptions,
  wanted: number,
): Promise<void> {
  const view = viewFor(context, context.stdout);
  const place = placeText(record.probe.location);
  const end = await waitForEvents(context, {
    client,
    record,
    matching,
    wanted,
    timeoutMs: options.follow ? undefined : (options.timeout ?? defaultTimeoutMs),
    showProgress: !options.json && !options.follow,
    onMessage: (message) => {
      if (options.json) writeJson(context.stdout, message);
    },
    onEvent: (stored) => {
      if (!options.json) writeLines(context.stdout, eventLines(stored, place, view));
    },
  });
  // Who follows asked for whatever comes; who waits asked for a number.
  if (end.reason === 'answered' || (end.reason === 'over' && options.follow && end.received > 0)) return;
  throw silence(context, end, wanted, options);
}

function eventLines(stored: StoredEvent, place: string, view: View): readonly string[] {
  if (stored.event.kind === 'log') return [eventLine(stored, place, view)];
  return ['', ...snapshotScreen(stored, stored.event, view)];
}

function silence(
  context: CliContext,
  { reason, record, received }: WaitEnd,
  wanted: number,
  options: PlaceOptions,
): Error {
  const { id, kind, expiresAtMs } = record.probe;
  const stays = `the probe stays for ${lasting(expiresAtMs - context.clock.now())}: \`sonde tail --probe ${id}\` shows what still comes, \`sonde rm ${id}\` removes it`;
  if (reason === 'interrupted') {
    if (!options.json) writeLines(context.stderr, [stays]);
    return new EarlyExit(options.follow ? exitCodes.done : exitCodes.interrupted);
  }
  const seen = record.reports.map((report) => reportReason(report, record));
  if (reason === 'over')
    return new CliError({
      code: 'cli.failed',
      message: `the probe is ${record.state}${received > 0 ? ` after ${received} of ${counted(wanted, kind)}` : ''}, nothing more comes`,
      next: seen,
    });
  if (reason === 'impossible')
    return new CliError({
      code: record.reports[0]?.report.problem?.code ?? 'cli.failed',
      message: 'no agent can install the probe',
      details: seen,
      next: [stays],
    });
  return new CliError({
    code: 'cli.timeout',
    exitCode: exitCodes.timedOut,
    message: `timed out after ${lasting(options.timeout ?? defaultTimeoutMs)} with ${received === 0 ? `no ${kind}` : counted(received, kind)}`,
    details: seen,
    next: [silenceAdvice(record), stays],
  });
}
