import { types } from 'node:util';

// The language's own functions, taken once when the agent loads. The application may patch or poison any prototype
// later; what is called through here neither runs its code nor believes it. Import these instead of calling methods.

type Method<This, Args extends readonly unknown[], Result> = (self: This, ...args: Args) => Result;

const { call } = Function.prototype;
const { bind } = Function.prototype;

function uncurry<This, Args extends readonly unknown[], Result>(method: unknown): Method<This, Args, Result> {
  return Reflect.apply(bind, call, [method]) as Method<This, Args, Result>;
}

function getter<This, Result>(prototype: object, key: PropertyKey): Method<This, [], Result> {
  return uncurry(Reflect.getOwnPropertyDescriptor(prototype, key)?.get);
}

const arrayIterator = Object.getPrototypeOf(new Map().entries()) as object;
const setIterator = Object.getPrototypeOf(new Set().values()) as object;
const typedArray = Object.getPrototypeOf(Uint8Array.prototype) as object;

export const apply = Reflect.apply;
export const ownDescriptor = Reflect.getOwnPropertyDescriptor;
export const define = Reflect.defineProperty;
export const deleteProperty = Reflect.deleteProperty;
export const prototypeOf = Reflect.getPrototypeOf;
export const ownSymbols = Object.getOwnPropertySymbols;
export const ownKeys = Object.keys;
export const hasOwn = Object.hasOwn;
export const isArray = Array.isArray;
export const toText = String;
export const toNumber = Number;
export const isInteger = Number.isInteger;
export const objectIs = Object.is;
export const min = Math.min;
export const trunc = Math.trunc;

export const ErrorConstructor = Error;
export const FunctionPrototype = Function.prototype;
export const ObjectPrototype = Object.prototype;
export const StringPrototype = String.prototype;

export const {
  isProxy,
  isMap,
  isSet,
  isDate,
  isRegExp,
  isPromise,
  isNativeError,
  isArgumentsObject,
  isBoxedPrimitive,
  isNumberObject,
  isBooleanObject,
  isStringObject,
  isSymbolObject,
  isTypedArray,
  isUint8Array,
  isAnyArrayBuffer,
  isDataView,
  isAsyncFunction,
  isGeneratorFunction,
  isSharedArrayBuffer,
} = types;

export const mapGet = uncurry<Map<unknown, unknown>, [unknown], unknown>(Map.prototype.get) as <K, V>(
  map: Map<K, V>,
  key: K,
) => V | undefined;
export const mapSet = uncurry<Map<unknown, unknown>, [unknown, unknown], unknown>(Map.prototype.set) as <K, V>(
  map: Map<K, V>,
  key: K,
  value: V,
) => unknown;
export const mapClear = uncurry<Map<never, never>, [], void>(Map.prototype.clear) as (map: Map<never, never>) => void;
export const mapSize = getter<object, number>(Map.prototype, 'size');
export const mapEntries = uncurry<object, [], object>(Map.prototype.entries);
export const mapNext = uncurry<object, [], IteratorResult<[unknown, unknown]>>(
  ownDescriptor(arrayIterator, 'next')?.value,
);
export const setHas = uncurry<Set<unknown>, [unknown], boolean>(Set.prototype.has) as <T>(
  set: Set<T>,
  value: T,
) => boolean;
export const setSize = getter<object, number>(Set.prototype, 'size');
export const setValues = uncurry<object, [], object>(Set.prototype.values);
export const setNext = uncurry<object, [], IteratorResult<unknown>>(ownDescriptor(setIterator, 'next')?.value);
export const weakSetHas = uncurry<WeakSet<object>, [object], boolean>(WeakSet.prototype.has);
export const weakSetAdd = uncurry<WeakSet<object>, [object], unknown>(WeakSet.prototype.add);

export const charCodeAt = uncurry<string, [number], number>(String.prototype.charCodeAt);
export const slice = uncurry<string, [number, number?], string>(String.prototype.slice);
export const toLowerCase = uncurry<string, [], string>(String.prototype.toLowerCase);
export const startsWith = uncurry<string, [string], boolean>(String.prototype.startsWith);
export const includes = uncurry<string, [string], boolean>(String.prototype.includes);
export const numberToString = uncurry<number, [number?], string>(Number.prototype.toString);

export const dateTime = uncurry<object, [], number>(Date.prototype.getTime);
export const dateToIso = uncurry<object, [], string>(Date.prototype.toISOString);
export const symbolDescription = getter<symbol, string | undefined>(Symbol.prototype, 'description');

// RegExp.prototype.flags reads the ten flags through the object and so through whatever the application put there; the
// single getters read V8's own slot.
export const regexpSource = getter<object, string>(RegExp.prototype, 'source');
const flag = (key: string): Method<object, [], boolean> => getter(RegExp.prototype, key);
export const regexpFlags: readonly (readonly [string, Method<object, [], boolean>])[] = [
  ['d', flag('hasIndices')],
  ['g', flag('global')],
  ['i', flag('ignoreCase')],
  ['m', flag('multiline')],
  ['s', flag('dotAll')],
  ['u', flag('unicode')],
  ['v', flag('unicodeSets')],
  ['y', flag('sticky')],
];

export const numberValue = uncurry<object, [], number>(Number.prototype.valueOf);
export const booleanValue = uncurry<object, [], boolean>(Boolean.prototype.valueOf);
export const stringValue = uncurry<object, [], string>(String.prototype.valueOf);
export const symbolValue = uncurry<object, [], symbol>(Symbol.prototype.valueOf);
export const bigintValue = uncurry<object, [], bigint>(BigInt.prototype.valueOf);

export const typedArrayName = getter<object, string | undefined>(typedArray, Symbol.toStringTag);
export const typedArrayLength = getter<object, number>(typedArray, 'length');
export const typedArrayBytes = getter<object, number>(typedArray, 'byteLength');
export const typedArrayOffset = getter<object, number>(typedArray, 'byteOffset');
export const typedArrayBuffer = getter<object, ArrayBufferLike>(typedArray, 'buffer');
export const arrayBufferBytes = getter<object, number>(ArrayBuffer.prototype, 'byteLength');
export const sharedBufferBytes = getter<object, number>(SharedArrayBuffer.prototype, 'byteLength');
export const dataViewBytes = getter<object, number>(DataView.prototype, 'byteLength');
export const dataViewOffset = getter<object, number>(DataView.prototype, 'byteOffset');
export const dataViewBuffer = getter<object, ArrayBufferLike>(DataView.prototype, 'buffer');
export const Bytes = Uint8Array;

// Since V8 12 every error carries the same built-in accessor pair as its own `stack`; before, a data property.
export const errorStackGetter: (() => unknown) | undefined = ownDescriptor(new Error(), 'stack')?.get;

// Since Node 21 a formatter of Node's own stands there from the start. Another name means that somebody was here before.
const firstFormatter: unknown = ownDescriptor(Error, 'prepareStackTrace')?.value;
export const nodeFormatter: unknown =
  typeof firstFormatter === 'function' && firstFormatter.name === 'ErrorPrepareStackTrace' ? firstFormatter : undefined;

/** The value of an own data property; `undefined` for a missing one and for an accessor. Not for proxies. */
export function ownData(target: object, key: PropertyKey): unknown {
  const descriptor = ownDescriptor(target, key);
  // An inherited `value` would be the application's: only the descriptor's own field says that this is data.
  return descriptor !== undefined && hasOwn(descriptor, 'value') ? descriptor.value : undefined;
}
