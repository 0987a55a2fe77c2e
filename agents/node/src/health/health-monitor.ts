import type { AgentHealth } from '@sonde/protocol/agent';

/** What Node tells of the process; passed in so that tests need no busy process. */
export interface ProcessReadings {
  readonly nowMs: () => number;
  /** User and system time of the process since its start, in microseconds. */
  readonly cpuMicros: () => number;
  readonly heapBytes: () => number;
  readonly rssBytes: () => number;
  /** 99th percentile of the event loop's delay since the last reading, in nanoseconds. */
  readonly takeEventLoopDelayNs: () => number;
}

export type ProcessHealth = Omit<AgentHealth, 'queueBytes' | 'droppedEvents'>;

/** Reads how the process does between one call and the next. `agentCpuShare` is what probes took of one core. */
export function createHealthMonitor(readings: ProcessReadings): (agentCpuShare: number) => ProcessHealth {
  let lastMs = readings.nowMs();
  let lastCpuMicros = readings.cpuMicros();
  return (agentCpuShare) => {
    const nowMs = readings.nowMs();
    const cpuMicros = readings.cpuMicros();
    const elapsedMs = Math.max(1, nowMs - lastMs);
    const cpuShare = Math.max(0, (cpuMicros - lastCpuMicros) / 1_000 / elapsedMs);
    lastMs = nowMs;
    lastCpuMicros = cpuMicros;
    return {
      eventLoopDelayMs: Math.max(0, readings.takeEventLoopDelayNs() / 1e6),
      heapBytes: readings.heapBytes(),
      rssBytes: readings.rssBytes(),
      cpuShare,
      agentCpuShare,
    };
  };
}
