import type { AgentReport, ProbeRecord } from '@sonde/protocol';
import type { Paint } from '../output/paint.ts';
import { printable } from '../output/printable.ts';
import { alignColumns } from '../output/table.ts';
import type { View } from '../output/view.ts';
import { brief, counted, instant, lasting } from '../output/wording.ts';
import { bindingText } from './binding-text.ts';
import { placeText } from './place-text.ts';
import { problemLines, problemSource } from './problem-screen.ts';
import { countersText } from './silence.ts';
import { stateText } from './state-text.ts';

/** One probe in full, with the word of every agent on it. */
export function probeScreen(record: ProbeRecord, connected: ReadonlySet<string>, view: View): readonly string[] {
  const { paint } = view;
  const { probe } = record;
  const rows = facts(record, view).map(([name, text]) => [`  ${paint('gray', name)}`, text]);
  return [
    `${paint('bold', probe.id)} ${probe.kind} at ${paint('bold', placeText(probe.location))} ${stateText(record.state, paint)}`,
    ...alignColumns(rows),
    '',
    record.reports.length > 0 ? '  Agents' : '  No agent has reported on it.',
    ...record.reports.flatMap((agentReport) => {
      const gone = record.state === 'active' && !connected.has(agentReport.agentId);
      return reportLines(agentReport, record, gone, paint);
    }),
  ];
}

function facts(record: ProbeRecord, { nowMs, timeZone }: View): readonly (readonly [string, string])[] {
  const { probe, selector } = record;
  const target = Object.entries(selector).map(([key, value]) => printable(`${key}=${value}`));
  return [
    ...(probe.condition ? [['condition', printable(probe.condition)] as const] : []),
    ...(probe.kind === 'log' ? [['template', `${printable(probe.template)} (${probe.level})`] as const] : []),
    ...(probe.kind === 'snapshot' ? probe.watches.map((watch) => ['watch', printable(watch)] as const) : []),
    ['on', target.length > 0 ? target.join(' ') : 'every agent'],
    ['hits', `${counted(record.hits, 'event')} stored, ends after ${counted(probe.limits.maxHits, 'hit')}`],
    ['created', `${instant(record.createdAtMs, timeZone)} by ${printable(record.createdBy)}`],
    record.endedAtMs === undefined
      ? ['expires', `${instant(probe.expiresAtMs, timeZone)} (in ${lasting(probe.expiresAtMs - nowMs)})`]
      : ['ended', instant(record.endedAtMs, timeZone)],
  ];
}

function reportLines(
  { agentId, service, report }: AgentReport,
  record: ProbeRecord,
  gone: boolean,
  paint: Paint,
): readonly string[] {
  const problem = report.problem
    ? problemLines(report.problem, paint, problemSource(report.problem.field, record.probe))
    : [];
  const spent = report.counters.spentNs > 0 ? `, ${brief(report.counters.spentNs)} spent` : '';
  const status = gone ? `${paint('yellow', 'gone')}, ${report.status} until then` : stateText(report.status, paint);
  return [
    `    ${paint('bold', printable(service))} ${agentId} ${status}`,
    ...report.bindings.map((binding) => `      ${bindingText(binding)}`),
    `      ${countersText(report.counters)}${spent}`,
    ...problem.map((line) => `      ${line}`),
  ];
}
