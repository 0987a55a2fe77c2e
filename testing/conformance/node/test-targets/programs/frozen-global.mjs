import { go, work } from './work.cjs';

for (const name of Object.getOwnPropertyNames(globalThis)) {
  const { configurable } = Object.getOwnPropertyDescriptor(globalThis, name);
  if (configurable) Object.defineProperty(globalThis, name, { configurable: false });
}
Object.freeze(globalThis);
console.log(Object.isFrozen(globalThis));
await go();
console.log(work(2), work(3));
await new Promise((resolve) => setTimeout(resolve, 600));
