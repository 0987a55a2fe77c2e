import { go, work } from './work.cjs';

let formatted = 0;
Error.prepareStackTrace = (error, calls) => {
  formatted += 1;
  return `${error.message} of ${calls.length > 0}`;
};
Error.stackTraceLimit = 3;
await go();
console.log(work(2), formatted, new Error('mine').stack, formatted, Error.stackTraceLimit);
