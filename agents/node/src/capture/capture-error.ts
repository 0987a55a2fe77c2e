import type { CapturedField, CapturedValue } from '@sonde/protocol/agent';
import { hasOwn, isProxy, ownDescriptor, prototypeOf } from '../intrinsics/intrinsics.ts';
import { type CapturedFields, captureFields } from './capture-fields.ts';
import { type CaptureWalk, fieldBytes, stubBytes, take } from './capture-walk.ts';
import { errorStack } from './error-stack.ts';

const ownParts = ['message', 'cause', 'errors'] as const;

/** Message, stack, cause and the errors of an aggregate, which are not enumerable, then what the application added. */
export function captureErrorFields(walk: CaptureWalk, error: object, depth: number): CapturedFields {
  const fields: CapturedField[] = [];
  for (let index = 0; index < ownParts.length; index += 1) {
    const name = ownParts[index] as string;
    const descriptor = partOf(error, name);
    if (descriptor === undefined || descriptor.enumerable === true) continue;
    if (!pay(walk, name)) return { fields, size: ownParts.length, missing: 'size' };
    const value: CapturedValue = hasOwn(descriptor, 'value')
      ? walk.descend(descriptor.value, depth + 1)
      : { type: 'undefined', missing: 'getter' };
    fields[fields.length] = { name, value };
  }
  if (pay(walk, 'stack')) {
    const stack = errorStack(error);
    const value: CapturedValue =
      stack === undefined ? { type: 'string', missing: 'unavailable' } : walk.descend(stack, depth + 1);
    fields[fields.length] = { name: 'stack', value };
  }
  const added = captureFields(walk, error, depth);
  for (let index = 0; index < added.fields.length; index += 1) {
    fields[fields.length] = added.fields[index] as CapturedField;
  }
  return { fields, size: added.size + fields.length - added.fields.length, missing: added.missing };
}

/** Own, or for the message of the class: `class Declined extends Error {}` with `message` on its prototype. */
function partOf(error: object, name: string): PropertyDescriptor | undefined {
  const own = ownDescriptor(error, name);
  if (own !== undefined || name !== 'message') return own;
  const prototype = prototypeOf(error);
  return prototype === null || isProxy(prototype) ? undefined : ownDescriptor(prototype, name);
}

function pay(walk: CaptureWalk, name: string): boolean {
  return take(walk, fieldBytes + stubBytes + name.length);
}
