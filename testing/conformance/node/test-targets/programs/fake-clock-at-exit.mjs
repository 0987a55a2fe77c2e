import { go, work } from './work.cjs';

performance.now = () => 0;
Date.now = () => 0;
process.hrtime.bigint = () => 0n;
await go();
console.log(work(2));
process.exit(6);
