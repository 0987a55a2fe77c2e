import {
  apply,
  ErrorConstructor,
  errorStackGetter,
  FunctionPrototype,
  hasOwn,
  isProxy,
  nodeFormatter,
  ObjectPrototype,
  ownData,
  ownDescriptor,
  prototypeOf,
} from '../intrinsics/intrinsics.ts';

const maxSteps = 16;

/**
 * The text of `error.stack`, or undefined where reading it could run the application.
 *
 * V8 formats a stack on the first look at it, by calling `Error.prepareStackTrace` of the global `Error`, or else by
 * writing `name` and `message` as it finds them, accessors included. Up to V8 11 the look is any read of the own
 * property, its descriptor too; since V8 12 it is a call of a built-in accessor that all errors share.
 */
export function errorStack(error: object): string | undefined {
  if (isFormattedByApplication() || !isPlainText(error, 'name') || !isPlainText(error, 'message')) return undefined;
  const descriptor = ownDescriptor(error, 'stack');
  if (descriptor === undefined) return undefined;
  if (hasOwn(descriptor, 'value')) return typeof descriptor.value === 'string' ? descriptor.value : undefined;
  if (errorStackGetter === undefined || descriptor.get !== errorStackGetter) return undefined;
  const stack = apply(errorStackGetter, error, []);
  return typeof stack === 'string' ? stack : undefined;
}

/** True where V8 would call the application to format a stack. */
export function isFormattedByApplication(): boolean {
  // Node asks the `Error` that stands on the global object now, not the one it started with.
  if (ownData(globalThis, 'Error') !== ErrorConstructor) return true;
  return (
    isDefined(ErrorConstructor, 'prepareStackTrace') ||
    isDefined(FunctionPrototype, 'prepareStackTrace') ||
    isDefined(ObjectPrototype, 'prepareStackTrace')
  );
}

function isDefined(target: object, key: string): boolean {
  const descriptor = ownDescriptor(target, key);
  if (descriptor === undefined) return false;
  return !hasOwn(descriptor, 'value') || (descriptor.value !== undefined && descriptor.value !== nodeFormatter);
}

/** Whether the property is a string, wherever on the prototype chain it stands, and reading it runs nothing. */
function isPlainText(error: object, key: string): boolean {
  let target: object | null = error;
  for (let step = 0; target !== null && step < maxSteps; step += 1) {
    if (isProxy(target)) return false;
    const descriptor = ownDescriptor(target, key);
    if (descriptor !== undefined) return hasOwn(descriptor, 'value') && typeof descriptor.value === 'string';
    target = prototypeOf(target);
  }
  return target === null;
}
