import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { roundMoney } from 'dependency-of-the-target';
import { checkout } from './orders.mjs';

const delay = monitorEventLoopDelay({ resolution: 1 });

/** Runs the probed line in small portions for so long; gives how often, and the longest the event loop was held up. */
export async function longestPause(ms) {
  delay.reset();
  delay.enable();
  // What comes before its first tick is not measured.
  await new Promise((resolve) => setTimeout(resolve, 20));
  const end = performance.now() + ms;
  let calls = 0;
  while (performance.now() < end) {
    for (let index = 0; index < 20; index += 1) checkout('o-1', calls);
    calls += 20;
    await new Promise((resolve) => setImmediate(resolve));
  }
  delay.disable();
  return { calls, maxMs: delay.max / 1e6, p99Ms: delay.percentile(99) / 1e6 };
}

/** What this measure shows when the thread is really paused: a debugger stops it at the line for so many milliseconds. */
export async function pauseForReal(line, pauseMs) {
  const script = `
    const { Session } = require('node:inspector');
    const { parentPort, workerData } = require('node:worker_threads');
    const session = new Session();
    session.connectToMainThread();
    let pauses = 0;
    let breakpointId;
    session.on('Debugger.paused', () => {
      pauses += 1;
      // Once is enough.
      session.post('Debugger.removeBreakpoint', { breakpointId });
      setTimeout(() => session.post('Debugger.resume'), workerData.pauseMs);
    });
    session.post('Debugger.enable', () => {
      const place = { lineNumber: workerData.line - 1, urlRegex: 'orders\\\\.mjs$' };
      session.post('Debugger.setBreakpointByUrl', place, (error, result) => {
        breakpointId = result?.breakpointId;
        parentPort.postMessage('standing');
      });
    });
    parentPort.once('message', () => {
      session.disconnect();
      parentPort.postMessage(pauses);
    });`;
  const worker = new Worker(script, { eval: true, execArgv: [], env: { ...process.env, SONDE_DISABLED: '1' }, workerData: { line, pauseMs } });
  await new Promise((resolve) => worker.once('message', resolve));
  const measured = await longestPause(pauseMs * 3);
  const pauses = await new Promise((resolve) => {
    worker.once('message', resolve);
    worker.postMessage('end');
  });
  await worker.terminate();
  return { ...measured, pauses };
}

/** Runs both probed lines while a debugger without breakpoints counts what pauses. */
export async function countPauses(calls) {
  const { Session } = await import('node:inspector');
  const session = new Session();
  session.connect();
  let pauses = 0;
  session.on('Debugger.paused', () => {
    pauses += 1;
  });
  session.post('Debugger.enable');
  for (let index = 0; index < calls; index += 1) {
    checkout('o-1', index);
    roundMoney(index, 'EUR');
  }
  session.disconnect();
  return pauses;
}
