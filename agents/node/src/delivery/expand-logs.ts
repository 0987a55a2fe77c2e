import type { LogEvent } from '@sonde/protocol/agent';
import type { LogColumns } from './log-columns.ts';

const traceIdLength = 32;
const spanLength = 48;

/** The events that the columns hold, in order. `toTimeNs` turns `performance.now()` of the application's thread into time. */
export function expandLogs(columns: LogColumns, toTimeNs: (atMs: number) => string): LogEvent[] {
  const events: LogEvent[] = [];
  let start = 0;
  let spanStart = 0;
  for (let index = 0; index < columns.count; index++) {
    const head = columns.heads[columns.head[index] ?? 0];
    if (!head) throw new Error(`line ${index} has no head`);
    const end = columns.end[index] ?? start;
    const span = columns.spanned[index] === 1 ? columns.spans.slice(spanStart, spanStart + spanLength) : undefined;
    if (span !== undefined) spanStart += spanLength;
    events.push({
      kind: 'log',
      ...head,
      sequence: columns.sequence[index] ?? 0,
      timeNs: toTimeNs(columns.atMs[index] ?? 0),
      ...(span !== undefined && { traceId: span.slice(0, traceIdLength), spanId: span.slice(traceIdLength) }),
      message: columns.text.slice(start, end),
    });
    start = end;
  }
  return events;
}
