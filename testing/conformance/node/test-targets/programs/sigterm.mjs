import { go, work } from './work.cjs';

setInterval(() => {}, 1_000);
await go();
console.log(work(2));
setTimeout(() => process.kill(process.pid, 'SIGTERM'), 100);
