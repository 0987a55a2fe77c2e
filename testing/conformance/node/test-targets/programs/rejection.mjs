import { go, work } from './work.cjs';

await go();
console.log(work(2));
async function fail() {
  await null;
  throw new TypeError('rejected by the application');
}
fail();
setInterval(() => {}, 1_000);
