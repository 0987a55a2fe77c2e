import { isFormattedByApplication } from '../capture/error-stack.ts';
import { define, deleteProperty, ErrorConstructor, hasOwn, ownData, ownDescriptor } from '../intrinsics/intrinsics.ts';

const key = 'prepareStackTrace';

/**
 * Runs `action` while V8 formats stacks by itself, then puts the application's formatter back as it was. Undefined, and
 * `action` not run, where that formatter cannot be set aside.
 */
export function withPlainStacks<Result>(action: () => Result): Result | undefined {
  if (!isFormattedByApplication()) return action();
  if (ownData(globalThis, 'Error') !== ErrorConstructor) return undefined;
  const before = ownDescriptor(ErrorConstructor, key);
  if (!define(ErrorConstructor, key, setAside(before))) return undefined;
  try {
    return action();
  } finally {
    if (before === undefined) deleteProperty(ErrorConstructor, key);
    else define(ErrorConstructor, key, asFound(before));
  }
}

// Without a prototype: what the application put on Object.prototype is no part of these.
function setAside(before: PropertyDescriptor | undefined): PropertyDescriptor {
  if (before?.configurable === false) return { __proto__: null, value: undefined } as PropertyDescriptor;
  return {
    __proto__: null,
    value: undefined,
    writable: true,
    enumerable: before?.enumerable ?? false,
    configurable: true,
  } as PropertyDescriptor;
}

function asFound(before: PropertyDescriptor): PropertyDescriptor {
  const { enumerable, configurable } = before;
  if (!hasOwn(before, 'value')) {
    return { __proto__: null, get: before.get, set: before.set, enumerable, configurable } as PropertyDescriptor;
  }
  const { value, writable } = before;
  return { __proto__: null, value, writable, enumerable, configurable } as PropertyDescriptor;
}
