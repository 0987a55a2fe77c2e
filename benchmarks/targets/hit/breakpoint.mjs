// Sets V8's own breakpoint from a worker: `setBreakpoint` in the program, the rest of the file in the worker.
import { Session } from 'node:inspector/promises';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

let worker;

/** One conditional breakpoint on that line; a second call takes the place of the first. Resolves when it stands. */
export async function setBreakpoint(url, line, condition) {
  worker ??= new Worker(new URL(import.meta.url), { workerData: 'breakpoint', execArgv: [] });
  worker.postMessage({ url, line, condition });
  const answer = await new Promise((resolve) => worker.once('message', resolve));
  // After the listener, which would keep the process alive again.
  worker.unref();
  return answer;
}

function serve(port) {
  const session = new Session();
  session.connectToMainThread();
  const enabled = enable(session);
  let previous;
  port.on('message', async ({ url, line, condition }) => {
    await enabled;
    if (previous) await session.post('Debugger.removeBreakpoint', { breakpointId: previous });
    const set = await session.post('Debugger.setBreakpointByUrl', { url, lineNumber: line - 1, condition });
    previous = set.breakpointId;
    port.postMessage({ lines: set.locations.map(({ lineNumber }) => lineNumber + 1) });
  });
}

async function enable(session) {
  await session.post('Debugger.setSkipAllPauses', { skip: true });
  await session.post('Debugger.enable');
}

if (!isMainThread && workerData === 'breakpoint') serve(parentPort);
