import type { AgentReport, ProbeCounters, ProbeRecord } from '@sonde/protocol';
import { printable } from '../output/printable.ts';
import { counted, grouped } from '../output/wording.ts';
import { placeText } from './place-text.ts';

/** What happened at the line so far: `line reached 1,204 times, condition false 1,204 times`. */
export function countersText(counters: ProbeCounters): string {
  if (counters.reached === 0) return 'line not reached yet';
  const parts = [`line reached ${times(counters.reached)}`];
  if (counters.conditionFalse > 0) parts.push(`condition false ${times(counters.conditionFalse)}`);
  if (counters.captured > 0) parts.push(`captured ${grouped(counters.captured)}`);
  if (counters.throttled > 0) parts.push(`throttled ${times(counters.throttled)}`);
  if (counters.failed > 0) parts.push(`failed ${times(counters.failed)}`);
  if (counters.dropped > 0) parts.push(`dropped ${grouped(counters.dropped)}`);
  return parts.join(', ');
}

/** One agent's reason why nothing has come from it. */
export function reportReason({ agentId, service, report }: AgentReport, record: ProbeRecord): string {
  const who = `${printable(service)} (${agentId})`;
  const why = report.problem ? `: ${printable(report.problem.message)}` : '';
  if (report.status === 'pending')
    return `pending on ${who}${why || `: ${printable(record.probe.location.file)} is not loaded there`}`;
  if (report.status === 'error') return `error on ${who}${why}`;
  if (report.status === 'throttled') return `throttled on ${who}${why}; ${countersText(report.counters)}`;
  return `${report.status} on ${who}: ${countersText(report.counters)}${report.counters.failed > 0 ? why : ''}`;
}

/** Why nothing has come yet, all agents together, on one line. */
export function silenceSummary(record: ProbeRecord): string {
  if (record.reports.length === 0) return 'no agent has taken the probe yet';
  const standing = record.reports.filter(({ report }) => report.status !== 'pending' && report.status !== 'error');
  const apart = record.reports.filter((report) => !standing.includes(report));
  const where = standing.map(({ service, agentId }) => `${printable(service)} (${agentId})`).join(', ');
  const parts = standing.length > 0 ? [`${countersText(totalCounters(standing))} on ${where}`] : [];
  return [...parts, ...apart.map((report) => reportReason(report, record))].join(' · ');
}

/** What to do about a silence, from what was seen. */
export function silenceAdvice(record: ProbeRecord): string {
  const { reports, probe } = record;
  const place = placeText(probe.location);
  if (reports.length === 0) return 'see which agents are there with `sonde agents`, or start one with `sonde run -- …`';
  if (reports.every(({ report }) => report.status === 'pending'))
    return `no process has loaded the file yet; drive the code that loads it, or check the path with \`sonde explain ${place}\``;
  const total = totalCounters(reports);
  if (total.reached === 0)
    return `nothing came by that line; send it some work, or check with \`sonde explain ${place}\` that it is the line you mean`;
  if (total.throttled > 0) return 'hits were held back by the limits; see `sonde show` for which';
  if (total.failed > 0) return 'the condition or a watch failed at run time; see `sonde show` for the error';
  if (total.conditionFalse > 0)
    return `the line ran ${times(total.reached)} and the condition never held; look at real values with \`sonde snapshot ${place} --wait\` (no --if), or wait longer with --timeout`;
  return 'wait longer with --timeout';
}

function totalCounters(reports: readonly AgentReport[]): ProbeCounters {
  const total = { reached: 0, conditionFalse: 0, captured: 0, throttled: 0, dropped: 0, failed: 0, spentNs: 0 };
  for (const { report } of reports)
    for (const name of Object.keys(total) as (keyof typeof total)[]) total[name] += report.counters[name];
  return total;
}

function times(count: number): string {
  return counted(count, 'time');
}
