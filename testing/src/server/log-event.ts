import type { LogEvent } from '@sonde/protocol';

/** An event that can be told from every other by its message. */
export function logEvent(probeId: string, message: string, sequence = 1): LogEvent {
  const common = { probeId, probeVersion: 1, sequence, timeNs: '1700000000000000000', thread: 'main' };
  return { kind: 'log', ...common, level: 'info', message };
}
