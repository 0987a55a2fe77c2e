import type { AgentEvent, CapturedValue } from '@sonde/protocol/agent';

/** Braces, field names and identifiers of an event as JSON. */
const eventOverhead = 250;
/** The same of a line of a log, to which its message is added. */
export const logOverhead = eventOverhead;
/** The same of one captured value. */
const valueOverhead = 30;

/**
 * About how many bytes an event is as JSON, by counting its text: the application's thread has no time to encode. The
 * worker corrects the sum once it has.
 */
export function estimateBytes(event: AgentEvent): number {
  if (event.kind === 'log') return eventOverhead + event.message.length;
  let bytes = eventOverhead + event.stack.length * 120;
  for (const { name, value } of event.locals) bytes += name.length + valueBytes(value);
  for (const { expression, value } of event.watches) bytes += expression.length + (value ? valueBytes(value) : 200);
  return bytes;
}

function valueBytes(value: CapturedValue): number {
  let bytes = valueOverhead + (value.text?.length ?? 0) + (value.className?.length ?? 0);
  if (value.fields) for (const field of value.fields) bytes += field.name.length + 20 + valueBytes(field.value);
  if (value.elements) for (const element of value.elements) bytes += valueBytes(element);
  if (value.entries) for (const entry of value.entries) bytes += 20 + valueBytes(entry.key) + valueBytes(entry.value);
  return bytes;
}
