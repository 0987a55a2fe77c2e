import { go, work } from './work.cjs';

const before = work(1);
await go();
console.log(before, work(2), await Promise.resolve(work(3)));
const names = [];
for (const name in globalThis) names.push(name);
console.log(names.join(), Object.keys(globalThis).join());
console.log(new Error('not thrown').stack.split('\n').slice(0, 2).join());
console.log(process.argv.length, Error.stackTraceLimit, typeof Error.prepareStackTrace, process.exitCode);
process.emitWarning('of the application', 'ApplicationWarning');
console.error('to standard error');
process.exitCode = 3;
