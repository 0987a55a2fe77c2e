import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { go, work } from './work.cjs';

const first = new Worker(new URL('./thread.mjs', import.meta.url), { workerData: 5 });
console.log('first thread is', (await once(first, 'message'))[0]);
await go();
first.postMessage('go');
const answered = once(first, 'message');
const ended = once(first, 'exit');
console.log(work(2), (await answered)[0], (await ended)[0]);
const second = new Worker(new URL('./thread.mjs', import.meta.url), { workerData: 6 });
await once(second, 'message');
second.postMessage('go');
console.log((await once(second, 'message'))[0], await second.terminate());
const failing = new Worker(`throw new Error('in a thread')`, { eval: true });
console.log((await once(failing, 'error'))[0].message);
