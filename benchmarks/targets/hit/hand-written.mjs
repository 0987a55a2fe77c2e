// What the statements written by hand call.
import { Worker } from 'node:worker_threads';

const maxLines = 512;
const drainMs = 25;
const originMs = performance.timeOrigin;

let hits = 0;
let posted = 0;
let worker;
let timer;
const times = new Float64Array(maxLines);
let messages = [];

export function nothing() {}

export function hit() {
  hits += 1;
}

export const hitCount = () => hits;

/** A line with its time in milliseconds since 1970, exact to a microsecond, in a buffer that is never full. */
export function log(message) {
  times[messages.length] = originMs + performance.now();
  messages.push(message);
  if (messages.length === maxLines) drain();
  else timer ??= setTimeout(drain, drainMs);
}

/** Lines leave the thread as logging libraries have them leave it: as one text, for a worker to write out. */
function drain() {
  clearTimeout(timer);
  timer = undefined;
  if (messages.length === 0) return;
  const count = messages.length;
  worker.postMessage({ times: times.slice(0, count), text: messages.join('\n') });
  posted += count;
  messages = [];
}

export function startLines() {
  worker = new Worker(new URL('./line-sink.mjs', import.meta.url), { execArgv: [] });
  worker.unref();
}

/** How many lines the worker has, and how many of them are not what they should be. */
export async function arrivedLines() {
  drain();
  worker.postMessage('count');
  const answer = await new Promise((resolve) => worker.once('message', resolve));
  // After the listener, which would keep the process alive again.
  worker.unref();
  return { ...answer, posted };
}
