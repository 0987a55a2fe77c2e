import { go, work } from './work.cjs';

Error.prepareStackTrace = () => {
  throw new Error('no stack for anyone');
};
await go();
console.log(work(2), work(3));
