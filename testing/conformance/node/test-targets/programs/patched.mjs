import { go, work } from './work.cjs';

await go();
const owners = { Map: Map.prototype, Array: Array.prototype, String: String.prototype, Object, Reflect, JSON, Set: Set.prototype, Function: Function.prototype, Promise: Promise.prototype };
const names = {
  Map: ['get', 'set', 'has', 'forEach', 'entries', 'keys', Symbol.iterator],
  Array: ['map', 'push', 'filter', 'flatMap', 'forEach', 'join', 'slice', 'splice', 'entries', Symbol.iterator],
  String: ['slice', 'replace', 'startsWith', 'includes', 'charCodeAt', 'padStart'],
  Object: ['keys', 'entries', 'defineProperty', 'getOwnPropertyDescriptor', 'getPrototypeOf', 'assign'],
  Reflect: ['ownKeys', 'apply', 'get', 'getOwnPropertyDescriptor', 'getPrototypeOf', 'defineProperty'],
  JSON: ['stringify', 'parse'],
  Set: ['has', 'add', Symbol.iterator],
  Function: ['call', 'apply', 'bind'],
};
const originals = [];
for (const [owner, patched] of Object.entries(names)) {
  for (const name of patched) originals.push([owners[owner], name, owners[owner][name]]);
}
const results = [];
const define = Object.defineProperty;
const broken = () => {
  throw new Error('patched by the application');
};
const put = (target, name, value) => define(target, name, { value, writable: true, configurable: true });
for (let index = 0; index < originals.length; index += 1) {
  // One at a time: a patch that stops an agent at its first step would hide what the others do.
  const target = originals[index][0];
  const name = originals[index][1];
  const original = originals[index][2];
  put(target, name, broken);
  let result;
  try {
    result = work(index);
  } catch (error) {
    result = error.message;
  }
  put(target, name, original);
  results[index] = result;
}
console.log(results.join());
