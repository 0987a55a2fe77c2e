import { go, work } from './work.cjs';

function fail(value) {
  const seen = value + 1; throw new RangeError(`of the application: ${seen}`, { cause: new Error('deeper') });
}

await go();
console.log(work(2));
setTimeout(() => fail(work(3)), 1);
