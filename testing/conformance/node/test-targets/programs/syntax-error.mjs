import { go, work } from './work.cjs';

await go();
console.log(work(2));
await import('./broken.mjs').catch((error) => console.log(error.name, error.message));
await import(['.', 'not-there.mjs'].join('/')).catch((error) => console.log(error.code));
