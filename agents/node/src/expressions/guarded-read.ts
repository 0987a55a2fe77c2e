import {
  hasOwn,
  isArray,
  isInteger,
  isMap,
  isProxy,
  isSet,
  isTypedArray,
  mapSize,
  ownDescriptor,
  prototypeOf,
  StringPrototype,
  setSize,
  toNumber,
  toText,
  typedArrayLength,
} from '../intrinsics/intrinsics.ts';
import { callNeeded, Interruption } from './interruption.ts';

// A property read that can run nothing of the application.
//
// JavaScript has no way to ask for the shape of an object, so no answer of an earlier object can be used for a later
// one: any instance may carry an own accessor, and any prototype may get one at any time. What is left is to ask each
// object: is it a proxy (15 to 20 ns, a call into V8), and what is its own property (25 to 45 ns, Node 20 to 26). One
// read is 45 to 60 ns, a plain read 1 to 3. Tried and not better: `__lookupGetter__` (22 to 44 ns, and it runs traps of
// proxies on the prototype chain), a WeakSet of known objects (14 ns, and new requests bring new objects), a WeakMap by
// prototype (an own accessor goes unseen). `%HaveSameMap` would do it but needs a V8 flag of the whole process.
// So reads of locals cost nothing and reads of fields cost this.

/** Longer chains are not built by hand; a cyclic one cannot be built at all. */
const maxSteps = 32;

export function readProperty(target: unknown, key: PropertyKey): unknown {
  if (typeof target === 'object' && target !== null) {
    if (isProxy(target)) throw callNeeded(`reading ${toText(key)} of a proxy`);
    const descriptor = ownDescriptor(target, key);
    if (descriptor !== undefined) {
      if (hasOwn(descriptor, 'value')) return descriptor.value;
      throw callNeeded(`the accessor ${toText(key)}`);
    }
    return readBuiltIn(target, key);
  }
  return readPrimitive(target, key);
}

/** Sizes that the language keeps behind its own accessors. */
function readBuiltIn(target: object, key: PropertyKey): unknown {
  if (key === 'length' && !isArray(target) && isTypedArray(target)) return typedArrayLength(target);
  if (key === 'size') {
    if (isMap(target)) return mapSize(target);
    if (isSet(target)) return setSize(target);
  }
  return readInherited(prototypeOf(target), key);
}

function readInherited(start: object | null, key: PropertyKey): unknown {
  let target = start;
  for (let step = 0; target !== null; step += 1) {
    if (step === maxSteps || isProxy(target)) throw callNeeded(`reading ${toText(key)} through a proxy`);
    const descriptor = ownDescriptor(target, key);
    if (descriptor !== undefined) {
      if (hasOwn(descriptor, 'value')) return descriptor.value;
      throw callNeeded(`the accessor ${toText(key)}`);
    }
    target = prototypeOf(target);
  }
  return undefined;
}

function readPrimitive(target: unknown, key: PropertyKey): unknown {
  if (typeof target === 'string') {
    if (key === 'length') return target.length;
    const index = indexOf(key);
    if (index !== undefined) return target[index];
    return readInherited(StringPrototype, key);
  }
  if (typeof target === 'function') {
    if (isProxy(target)) throw callNeeded(`reading ${toText(key)} of a proxy`);
    return readInherited(target as object, key);
  }
  if (target === undefined || target === null) {
    const message = `TypeError: cannot read ${toText(key)} of ${target === null ? 'null' : 'undefined'}`;
    throw new Interruption('problem', 'expression.threw', message);
  }
  // Numbers, booleans, symbols and bigints have methods only, and those are called, not read.
  throw callNeeded(`reading ${toText(key)} of a ${typeof target}`);
}

/** `text[0]`, whose key may come as a number or as its text. */
function indexOf(key: PropertyKey): number | undefined {
  if (typeof key === 'number') return key;
  if (typeof key !== 'string' || key === '') return undefined;
  const index = toNumber(key);
  return isInteger(index) && toText(index) === key ? index : undefined;
}
