import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { work } from './work.cjs';

parentPort.postMessage('ready');
await once(parentPort, 'message');
parentPort.postMessage(work(workerData));
if (workerData === 5) parentPort.close();
else setInterval(() => {}, 1_000);
