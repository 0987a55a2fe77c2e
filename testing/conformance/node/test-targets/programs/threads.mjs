import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { go, work } from './work.cjs';

const first = new Worker(new URL('./thread.mjs', import.meta.url), { workerData: 5 });
console.log('first thread is', (await once(first, 'message'))[0]);
await go();
first.postMessage('go');
console.log(work(2), (await once(first, 'message'))[0]);
await first.terminate();
const second = new Worker(new URL('./thread.mjs', import.meta.url), { workerData: 6 });
await once(second, 'message');
second.postMessage('go');
console.log((await once(second, 'message'))[0], (await once(second, 'exit'))[0]);
const failing = new Worker(`throw new Error('in a thread')`, { eval: true });
console.log((await once(failing, 'error'))[0].message);
