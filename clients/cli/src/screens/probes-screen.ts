import type { ProbeRecord } from '@sonde/protocol';
import { printable } from '../output/printable.ts';
import { clip, table } from '../output/table.ts';
import type { View } from '../output/view.ts';
import { counted, grouped, lasting } from '../output/wording.ts';
import { placeText } from './place-text.ts';
import { stateText } from './state-text.ts';

const titles = ['PROBE', 'KIND', 'PLACE', 'CONDITION', 'STATE', 'HITS', 'AGENTS', 'AGE', 'ENDS'];

export function probesScreen(
  probes: readonly ProbeRecord[],
  connected: ReadonlySet<string>,
  all: boolean,
  view: View,
): readonly string[] {
  const { paint, nowMs } = view;
  if (probes.length === 0)
    return [
      all ? 'There has been no probe yet.' : 'No probe is active.',
      paint('gray', 'Place one: sonde snapshot src/orders.ts:42 --wait'),
    ];
  return table(
    titles,
    probes.map((record) => [
      paint('bold', record.probe.id),
      record.probe.kind,
      placeText(record.probe.location),
      clip(printable(record.probe.condition ?? '-'), 40),
      stateText(record.state, paint),
      grouped(record.hits),
      statusCounts(record, connected),
      lasting(nowMs - record.createdAtMs),
      endText(record, nowMs),
    ]),
    paint,
  );
}

/** `2 installed, 1 gone`: how many agents say what of the probe, and how many were there and are not any more. */
function statusCounts({ state, reports }: ProbeRecord, connected: ReadonlySet<string>): string {
  const counts = new Map<string, number>();
  for (const { agentId, report } of reports) {
    const word = state === 'active' && !connected.has(agentId) ? 'gone' : report.status;
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].map(([status, count]) => `${count} ${status}`).join(', ') || counted(0, 'agent');
}

function endText({ state, probe, endedAtMs }: ProbeRecord, nowMs: number): string {
  if (state === 'active') return `in ${lasting(probe.expiresAtMs - nowMs)}`;
  return endedAtMs === undefined ? '-' : `${lasting(nowMs - endedAtMs)} ago`;
}
