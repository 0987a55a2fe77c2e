import { go, work } from './work.cjs';

process.once('SIGTERM', () => {
  console.log('asked to end', work(4));
  process.exitCode = 5;
  clearInterval(timer);
});
const timer = setInterval(() => {}, 1_000);
await go();
console.log(work(2));
process.kill(process.pid, 'SIGTERM');
