import { go, work } from './work.cjs';

await go();
const { setTimeout } = globalThis;
const owners = { Map: Map.prototype, Array: Array.prototype, String: String.prototype, Object, JSON, Set: Set.prototype };
const names = {
  Map: ['get', 'set', 'has', 'values', 'entries', Symbol.iterator],
  Array: ['map', 'push', 'filter', 'flatMap', 'join', 'splice', Symbol.iterator],
  String: ['slice', 'replace', 'startsWith'],
  Object: ['keys', 'entries'],
  JSON: ['stringify', 'parse'],
  Set: ['has', 'add', Symbol.iterator],
};
const originals = [];
for (const [owner, patched] of Object.entries(names)) {
  for (const name of patched) originals.push([owners[owner], name, owners[owner][name]]);
}
const broken = () => {
  throw new Error('patched by the application');
};
const put = (target, name, value) => Object.defineProperty(target, name, { value, writable: true, configurable: true });
work(2);
for (let index = 0; index < originals.length; index += 1) put(originals[index][0], originals[index][1], broken);
// Long enough for everything that an agent does from time to time.
await new Promise((resolve) => setTimeout(resolve, 2_500));
for (let index = 0; index < originals.length; index += 1) put(originals[index][0], originals[index][1], originals[index][2]);
console.log(work(3));
