import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeliveryBundle } from './delivery-bundle.ts';

interface ProcessResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningProcess {
  readonly pid: number;
  kill(signal: NodeJS.Signals): void;
  readonly done: Promise<ProcessResult>;
}

/**
 * Runs a program with the agent's delivery in it. `script` sees `delivery`, `event(sequence, message)`, and what it
 * awaits: `probes`, a promise of the first set of probes, which says that the session is open.
 */
export function runProcess(options: {
  readonly bundle: DeliveryBundle;
  readonly name: string;
  readonly url: string;
  readonly token: string;
  readonly script: string;
  readonly node?: string;
  readonly args?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}): RunningProcess {
  const { bundle, name, url, token, script, node = process.execPath, args = [], env = {} } = options;
  const file = join(bundle.folder, `${name}.mjs`);
  writeFileSync(file, program(bundle, url, token, script));
  // Bounded: a process that is kept alive fails its test by the signal, and is not left behind.
  const child = spawn(node, [...args, file], {
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    timeout: 20_000,
    killSignal: 'SIGKILL',
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  return {
    pid: child.pid ?? 0,
    kill: (signal) => void child.kill(signal),
    done: once(child, 'close').then(([code, signal]) => ({ code, signal, stdout, stderr })),
  };
}

function program(bundle: DeliveryBundle, url: string, token: string, script: string): string {
  return `
import { createDelivery } from ${JSON.stringify(bundle.clientFile.href)};
const opened = Promise.withResolvers?.() ?? (() => {
  let resolve;
  const promise = new Promise((r) => { resolve = r; });
  return { promise, resolve };
})();
const breakpoints = [];
const delivery = createDelivery({
  workerFile: new URL(${JSON.stringify(bundle.workerFile.href)}),
  options: {
    url: ${JSON.stringify(url)},
    token: ${JSON.stringify(token)},
    timeOriginMs: performance.timeOrigin,
    maxQueueBytes: 8_000_000,
    session: {
      instance: 'process-' + process.pid, runtime: 'node', runtimeVersion: process.version, agentVersion: '0.1.0',
      service: 'target', host: 'here', pid: process.pid, thread: 'main', root: '/', startedAtMs: 1, tags: {},
    },
  },
  onCommand(command) { if (command.kind === 'probes') opened.resolve(command); },
  onBreakpoint(report) { breakpoints.push(report); onBreakpoint(report); },
  onDiagnostic(message) { if (process.env.SHOW_DIAGNOSTICS) console.log('diagnostic:', message); },
});
let onBreakpoint = () => {};
process.on('exit', () => delivery.flushAtExit());
const event = (sequence, message = 'paid') => ({
  kind: 'log', probeId: 'p_00000001', probeVersion: 1, sequence, timeNs: '1', thread: 'main', level: 'info', message,
});
// The delivery keeps nothing alive, waiting for it included.
const whileAlive = async (promise) => {
  const timer = setInterval(() => {}, 1000);
  try { return await promise; } finally { clearInterval(timer); }
};
const probes = () => whileAlive(opened.promise);
${script}
`;
}
