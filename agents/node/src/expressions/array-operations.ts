import { hasOwn, isInteger, objectIs, ownData, ownDescriptor } from '../intrinsics/intrinsics.ts';
import { CompiledArrow, type Test } from './compiled-arrow.ts';
import { guardedText, isPrimitive } from './guarded-operators.ts';
import { callNeeded } from './interruption.ts';

// The array methods themselves read through accessors and species; these read element by element and refuse accessors.

// An element read costs about 40 ns: up to here a scan is shorter than one evaluation in the sandbox, which reads longer
// arrays under its own time limit.
const maxScanned = 1_000;

function lengthOf(target: object): number {
  const length = ownData(target, 'length') as number;
  if (length > maxScanned) throw callNeeded('a scan of a long array');
  return length;
}

function elementAt(target: object, index: number): unknown {
  const descriptor = ownDescriptor(target, index);
  // A hole reads through the prototype.
  if (descriptor === undefined) throw callNeeded('a hole in an array');
  if (!hasOwn(descriptor, 'value')) throw callNeeded('an accessor in an array');
  return descriptor.value;
}

function indexWhere(target: object, test: Test): number {
  const length = lengthOf(target);
  for (let index = 0; index < length; index += 1) {
    if (test(elementAt(target, index), index)) return index;
  }
  return -1;
}

function functionOf(value: unknown): Test {
  const test = CompiledArrow.testOf(value);
  if (test === undefined) throw callNeeded('a function of the application');
  return test;
}

export const arrayOperations = {
  includes: (target: object, wanted: unknown) =>
    indexWhere(target, (element) => element === wanted || objectIs(element, wanted)) !== -1,
  indexOf: (target: object, wanted: unknown) => indexWhere(target, (element) => element === wanted),
  at: (target: object, position: unknown) => {
    const length = ownData(target, 'length') as number;
    if (!isInteger(position)) throw callNeeded('at() without a whole number');
    const index = (position as number) < 0 ? length + (position as number) : (position as number);
    return index >= 0 && index < length ? elementAt(target, index) : undefined;
  },
  join: (target: object, separator: unknown) => {
    const between = separator === undefined ? ',' : guardedText(separator);
    const length = lengthOf(target);
    let text = '';
    for (let index = 0; index < length; index += 1) {
      const element = elementAt(target, index);
      if (!isPrimitive(element)) throw callNeeded('writing an object as text');
      text += (index === 0 ? '' : between) + (element === null || element === undefined ? '' : guardedText(element));
    }
    return text;
  },
  some: (target: object, test: unknown) => indexWhere(target, functionOf(test)) !== -1,
  every: (target: object, test: unknown) => {
    const holds = functionOf(test);
    return indexWhere(target, (element, index) => !holds(element, index)) === -1;
  },
  find: (target: object, test: unknown) => {
    const index = indexWhere(target, functionOf(test));
    return index === -1 ? undefined : elementAt(target, index);
  },
  findIndex: (target: object, test: unknown) => indexWhere(target, functionOf(test)),
  filter: (target: object, test: unknown) => {
    const holds = functionOf(test);
    const kept: unknown[] = [];
    indexWhere(target, (element, index) => {
      if (holds(element, index)) kept[kept.length] = element;
      return false;
    });
    return kept;
  },
  map: (target: object, change: unknown) => {
    const changed = functionOf(change);
    const results: unknown[] = [];
    indexWhere(target, (element, index) => {
      results[index] = changed(element, index);
      return false;
    });
    return results;
  },
};
