import {
  hasOwn,
  isProxy,
  ObjectPrototype,
  ownData,
  ownDescriptor,
  prototypeOf,
  slice,
} from '../intrinsics/intrinsics.ts';

/** Prototype chains are short; a longer one was built to be long. */
const maxSteps = 16;
/** What the protocol allows for a name, and more than a person reads. */
const maxLength = 200;

/**
 * The class of an object as its author wrote it: the name of the first `constructor` up the chain that is a data
 * property. Undefined for plain objects. Calls nothing and touches no proxy. Not for proxies.
 */
export function classNameOf(value: object): string | undefined {
  let prototype = prototypeOf(value);
  if (prototype === ObjectPrototype) return undefined;
  if (prototype === null) return 'null prototype';
  for (let step = 0; prototype !== null && step < maxSteps; step += 1) {
    if (isProxy(prototype)) return undefined;
    const descriptor = ownDescriptor(prototype, 'constructor');
    if (descriptor !== undefined) return hasOwn(descriptor, 'value') ? functionNameOf(descriptor.value) : undefined;
    prototype = prototypeOf(prototype);
  }
  return undefined;
}

/** The name of a function when it is plain data: a class may replace `name` by a method or an accessor. */
export function functionNameOf(value: unknown): string | undefined {
  if (typeof value !== 'function' || isProxy(value)) return undefined;
  const name = ownData(value, 'name');
  return typeof name === 'string' && name !== '' ? slice(name, 0, maxLength) : undefined;
}
