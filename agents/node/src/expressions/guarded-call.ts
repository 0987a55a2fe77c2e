import { apply, isArray, isDate, isMap, isProxy, isSet, ownData, StringPrototype } from '../intrinsics/intrinsics.ts';
import { arrayOperations } from './array-operations.ts';
import { isPrimitive } from './guarded-operators.ts';
import { readProperty } from './guarded-read.ts';
import { callNeeded } from './interruption.ts';
import { pureMethods, pureStatics } from './pure-functions.ts';

type Callable = (...args: readonly unknown[]) => unknown;

/** Calls a method of the language, never one of the application: what the object has must be the language's own. */
export function callMethod(target: unknown, name: string, args: readonly unknown[]): unknown {
  const table = tableOf(target);
  const method = table === undefined ? undefined : ownData(table, name);
  if (typeof method !== 'function') throw callNeeded(`${name}()`);
  if (typeof target === 'string') {
    if (ownData(StringPrototype, name) !== method) throw callNeeded(`${name}(), which was replaced,`);
  } else if (readProperty(target, name) !== method) {
    throw callNeeded(`${name}(), which was replaced,`);
  }
  if (isArray(target)) {
    const operation = ownData(arrayOperations, name);
    if (typeof operation !== 'function') throw callNeeded(`${name}()`);
    return (operation as Callable)(target, args[0], args[1]);
  }
  // A key of a map is compared, not converted; everything else converts what it is given.
  if (!isMap(target) && !isSet(target)) requirePrimitives(name, args);
  return apply(method as Callable, target, args as unknown[]);
}

function tableOf(target: unknown): object | undefined {
  if (typeof target === 'string') return pureMethods.string;
  if (typeof target !== 'object' || target === null || isProxy(target)) return undefined;
  if (isArray(target)) return pureMethods.array;
  if (isMap(target)) return pureMethods.map;
  if (isSet(target)) return pureMethods.set;
  return isDate(target) ? pureMethods.date : undefined;
}

/** `Math.max(a, b)`, `Array.isArray(a)`, `Number(a)`: the language's own, unless it was replaced. */
export function callStatic(path: string, args: readonly unknown[]): unknown {
  const entry = ownData(pureStatics, path) as (typeof pureStatics)[string] | undefined;
  if (entry === undefined || ownData(entry.owner, entry.name) !== entry.method) throw callNeeded(`${path}()`);
  if (entry.takes === 'primitives') requirePrimitives(path, args);
  else requireReadable(path, args);
  return apply(entry.method as Callable, undefined, args as unknown[]);
}

function requirePrimitives(name: string, args: readonly unknown[]): void {
  for (let index = 0; index < args.length; index += 1) {
    if (!isPrimitive(args[index])) throw callNeeded(`${name}() with an object`);
  }
}

/** The first argument is looked at, the others are converted. */
function requireReadable(name: string, args: readonly unknown[]): void {
  if (isProxy(args[0])) throw callNeeded(`${name}() of a proxy`);
  for (let index = 1; index < args.length; index += 1) {
    if (!isPrimitive(args[index])) throw callNeeded(`${name}() with an object`);
  }
}
