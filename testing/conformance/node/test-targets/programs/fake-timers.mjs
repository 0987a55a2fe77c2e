import { go, work } from './work.cjs';

await go();
const real = { setTimeout, Date };
const asked = [];
for (const name of ['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'queueMicrotask', 'requestIdleCallback']) {
  globalThis[name] = () => {
    asked.push(name);
    return 0;
  };
}
globalThis.Date = class extends real.Date {
  static now() {
    asked.push('Date.now');
    return 0;
  }
};
globalThis.performance.now = () => {
  asked.push('performance.now');
  return 0;
};
process.hrtime.bigint = () => 0n;
process.nextTick = () => asked.push('nextTick');
console.log(work(2), work(3));
// Long enough for whatever is looked at from time to time.
await new Promise((resolve) => real.setTimeout(resolve, 700));
console.log(work(4), asked.join());
