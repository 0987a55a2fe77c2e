import { type CapturedValue, type CaptureLimits, defaultCaptureLimits } from '@sonde/protocol/agent';
import { afterEach, describe, expect, it } from 'vitest';
import { createRedaction } from '../redaction/redaction.ts';
import { createCapture } from './capture-value.ts';

const redaction = createRedaction({ version: 0, names: [], exceptNames: [] });
const patient: CaptureLimits = { ...defaultCaptureLimits, timeoutMs: 100 };

function begin(limits: Partial<CaptureLimits> = {}, nowMs = () => 0) {
  return createCapture({ redaction, nowMs }).begin({ ...patient, ...limits });
}

function read(value: unknown, limits: Partial<CaptureLimits> = {}): CapturedValue {
  return begin(limits).captureValue(value);
}

function field(captured: CapturedValue, name: string): CapturedValue | undefined {
  return captured.fields?.find((candidate) => candidate.name === name)?.value;
}

const undo: (() => void)[] = [];
afterEach(() => {
  for (const step of undo.splice(0)) step();
});

function poison(target: object, key: PropertyKey, descriptor: PropertyDescriptor): void {
  const before = Object.getOwnPropertyDescriptor(target, key);
  Object.defineProperty(target, key, { configurable: true, ...descriptor });
  undo.push(() => {
    if (before === undefined) Reflect.deleteProperty(target, key);
    else Object.defineProperty(target, key, before);
  });
}

describe('hostile values', () => {
  it('run nothing: getters, proxies, iterators, toJSON, tags, valueOf, constructors', () => {
    let runs = 0;
    const run = (): never => {
      runs += 1;
      throw new Error('the application ran');
    };
    const trap = new Proxy({}, { get: () => run }) as ProxyHandler<object>;
    const revocable = Proxy.revocable({}, {});
    revocable.revoke();
    class Hostile extends Map<string, number> {
      static override get name(): never {
        return run();
      }
      get bad() {
        return run();
      }
      override get size() {
        return run();
      }
      override [Symbol.iterator](): never {
        return run();
      }
      override entries(): never {
        return run();
      }
      override get [Symbol.toStringTag](): never {
        return run();
      }
    }
    const proxy = new Proxy({}, trap);
    const error = new Error('x');
    for (const key of ['name', 'message', 'cause', 'stack']) Object.defineProperty(error, key, { get: run });
    const own = { toJSON: run, valueOf: run, [Symbol.toPrimitive]: run };
    Object.defineProperty(own, 'getter', { get: run, enumerable: true });
    Object.defineProperty(own, 'constructor', { get: run, enumerable: true });
    const list = [1, 2];
    Object.defineProperty(list, 0, { get: run });
    const behind = Object.create(proxy);
    const values = [proxy, new Hostile([['a', 1]]), error, own, list, behind, revocable.proxy, new Proxy(run, trap)];
    const captured = read(values, { maxDepth: 5 });
    expect(runs).toBe(0);
    expect(captured.elements?.map((element) => element.type)).toEqual([
      ...['proxy', 'map', 'error', 'object', 'array', 'object', 'proxy', 'proxy'],
    ]);
    expect(field(captured.elements?.[3] as CapturedValue, 'getter')).toEqual({ type: 'undefined', missing: 'getter' });
    expect(captured.elements?.[4]?.elements?.[0]).toEqual({ type: 'undefined', missing: 'getter' });
  });

  it('do not let a formatter of the application see an error', () => {
    let runs = 0;
    poison(Error, 'prepareStackTrace', {
      value: () => {
        runs += 1;
        return 'mine';
      },
      writable: true,
    });
    const captured = read(new Error('x'));
    expect(runs).toBe(0);
    expect(field(captured, 'stack')).toEqual({ type: 'string', missing: 'unavailable' });
  });

  it('do not reach us through poisoned prototypes', () => {
    let runs = 0;
    const run = () => {
      runs += 1;
      return undefined;
    };
    const method = { __proto__: null, value: run, configurable: true, writable: true } as PropertyDescriptor;
    const accessor = { __proto__: null, get: run, set: run, configurable: true } as PropertyDescriptor;
    const poisons: readonly (readonly [object, PropertyKey, PropertyDescriptor])[] = [
      ...['get', 'set', 'has', 'forEach', 'entries'].map((key) => [Map.prototype, key, method] as const),
      ...['push', 'map', 'slice', Symbol.iterator].map((key) => [Array.prototype, key, method] as const),
      ...['charCodeAt', 'slice', 'toLowerCase'].map((key) => [String.prototype, key, method] as const),
      ...['call', 'apply', 'bind'].map((key) => [Function.prototype, key, method] as const),
      [Object.getPrototypeOf(new Map().entries()) as object, 'next', method],
      [Date.prototype, 'toISOString', method],
      [RegExp.prototype, 'flags', accessor],
      [RegExp.prototype, 'exec', method],
      [Object, 'keys', method],
      [Reflect, 'getOwnPropertyDescriptor', method],
      ...['get', 'set', 'value', 'id', 'missing', 'size', 'fields', 'toJSON', 'then'].map(
        (key) => [Object.prototype, key, accessor] as const,
      ),
    ];
    const { defineProperty, deleteProperty, getOwnPropertyDescriptor } = Reflect;
    const before = poisons.map(([target, key]) => {
      const found = getOwnPropertyDescriptor(target, key);
      return found === undefined ? undefined : Object.assign(Object.create(null), found);
    });
    const values = { map: new Map([['a', 1]]), set: new Set([1]), list: [1], date: new Date(0), text: 'x', re: /a/g };
    const expected = read(values);
    const session = begin();
    let captured: CapturedValue | undefined;
    let seen = -1;
    try {
      for (let index = 0; index < poisons.length; index += 1) {
        const poison = poisons[index] as (typeof poisons)[number];
        defineProperty(poison[0], poison[1], poison[2]);
      }
      runs = 0;
      captured = session.captureValue(values);
      seen = runs;
    } finally {
      for (let index = poisons.length - 1; index >= 0; index -= 1) {
        const poison = poisons[index] as (typeof poisons)[number];
        if (before[index] === undefined) deleteProperty(poison[0], poison[1]);
        else defineProperty(poison[0], poison[1], before[index]);
      }
    }
    expect(seen).toBe(0);
    expect(captured).toEqual(expected);
  });
});
