import { type CapturedValue, type CaptureLimits, capturedValue, defaultCaptureLimits } from '@sonde/protocol/agent';
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

describe('primitives', () => {
  it.each<[unknown, CapturedValue]>([
    [undefined, { type: 'undefined' }],
    [null, { type: 'null' }],
    [true, { type: 'boolean', text: 'true' }],
    [-0, { type: 'number', text: '-0' }],
    [Number.NaN, { type: 'number', text: 'NaN' }],
    [1.5, { type: 'number', text: '1.5' }],
    [12n, { type: 'bigint', text: '12' }],
    [2n ** 4_000n, { type: 'bigint', missing: 'size' }],
    ['hello', { type: 'string', text: 'hello' }],
    [Symbol('kind'), { type: 'symbol', text: 'Symbol(kind)' }],
    [Symbol(), { type: 'symbol', text: 'Symbol()' }],
  ])('%s', (value, expected) => expect(read(value)).toEqual(expected));

  it('a long string is cut at the limit, says its length and keeps characters whole', () => {
    expect(read('abcdef', { maxCharacters: 3 })).toEqual({ type: 'string', text: 'abc', size: 6, missing: 'size' });
    expect(read('ab😀', { maxCharacters: 3 }).text).toBe('ab');
  });

  it('a string of 100 MB says its length and is not touched', () => {
    const piece = 'x'.repeat(1_000);
    let rope = '';
    for (let index = 0; index < 100_000; index += 1) rope += piece;
    expect(read({ rope })).toEqual({
      type: 'object',
      fields: [{ name: 'rope', value: { type: 'string', size: 100_000_000, missing: 'size' } }],
    });
  });
});

describe('objects', () => {
  it('have a class name, fields, symbols and no more depth than asked for', () => {
    const kind: unique symbol = Symbol('kind');
    class Order {
      id = 7;
      customer = { address: { city: 'Oslo' } };
      readonly [kind] = 'web';
    }
    expect(read(new Order(), { maxDepth: 2 })).toEqual({
      type: 'object',
      className: 'Order',
      fields: [
        { name: 'id', value: { type: 'number', text: '7' } },
        {
          name: 'customer',
          value: { type: 'object', fields: [{ name: 'address', value: { type: 'object', missing: 'depth' } }] },
        },
        { name: 'Symbol(kind)', value: { type: 'string', text: 'web' } },
      ],
    });
  });

  it('without a prototype are objects', () => {
    expect(read(Object.create(null))).toMatchObject({ type: 'object', className: 'null prototype', fields: [] });
  });

  it('met again are references, in circles and beside each other, across locals', () => {
    const shared: { self?: object } = {};
    shared.self = shared;
    const locals = begin().captureLocals(['a', 'b'], [shared, [shared]]);
    expect(locals).toEqual([
      { name: 'a', value: { type: 'object', id: 1, fields: [{ name: 'self', value: { type: 'object', ref: 1 } }] } },
      { name: 'b', value: { type: 'array', elements: [{ type: 'object', ref: 1 }] } },
    ]);
  });

  it('cut by the depth limit are read where they are met nearer', () => {
    const leaf = { x: 1 };
    const captured = read({ far: { nearer: leaf }, leaf }, { maxDepth: 2 });
    expect(field(captured, 'leaf')).toMatchObject({ fields: [{ name: 'x' }] });
  });

  it('with more fields or elements than asked for say how many there are', () => {
    expect(read({ a: 1, b: 2, c: 3 }, { maxFields: 1 })).toMatchObject({
      size: 3,
      missing: 'count',
      fields: [{ name: 'a' }],
    });
    expect(read([1, 2, 3], { maxElements: 1 })).toMatchObject({ size: 3, missing: 'count', elements: [{ text: '1' }] });
    const map = new Map([
      [1, 1],
      [2, 2],
    ]);
    expect(read(map, { maxElements: 1 })).toMatchObject({ size: 2, missing: 'count' });
    expect(read(new Set([1, 2]), { maxElements: 1 })).toMatchObject({ size: 2, missing: 'count' });
  });

  it('with a million keys are listed once and then only named', () => {
    const dictionary: { [key: string]: number } = {};
    for (let index = 0; index < 20_000; index += 1) dictionary[`k${index}`] = index;
    const capture = createCapture({ redaction, nowMs: () => 0 });
    expect(capture.begin(patient).captureValue(dictionary)).toMatchObject({ size: 20_000, missing: 'count' });
    expect(capture.begin(patient).captureValue(dictionary)).toEqual({ type: 'object', missing: 'size' });
  });
});

describe('the kinds of the language', () => {
  it.each<[string, unknown, object]>([
    ['map', new Map([['a', 1]]), { type: 'map', entries: [{ key: { text: 'a' }, value: { text: '1' } }] }],
    ['set', new Set(['a']), { type: 'set', elements: [{ text: 'a' }] }],
    ['date', new Date(0), { type: 'date', text: '1970-01-01T00:00:00.000Z' }],
    ['no date', new Date(Number.NaN), { type: 'date', text: 'Invalid Date' }],
    ['pattern', /a\/b/giu, { type: 'regexp', text: '/a\\/b/giu' }],
    ['promise', Promise.resolve(1), { type: 'promise', missing: 'unavailable' }],
    ['function', function tax() {}, { type: 'function', className: 'function', text: 'tax' }],
    ['class', class Order {}, { type: 'function', className: 'class', text: 'Order' }],
    ['async function', async () => {}, { type: 'function', className: 'async function' }],
    ['bytes', Buffer.from('hi'), { type: 'bytes', className: 'Buffer', text: '6869' }],
    ['many bytes', new Uint8Array(100), { type: 'bytes', size: 100, missing: 'size' }],
    ['array buffer', new ArrayBuffer(2), { type: 'bytes', className: 'ArrayBuffer', text: '0000' }],
    ['data view', new DataView(new ArrayBuffer(1)), { type: 'bytes', className: 'DataView', text: '00' }],
    ['typed array', new Float64Array([1.5]), { type: 'array', className: 'Float64Array', elements: [{ text: '1.5' }] }],
    ['boxed string', Object('abc'), { type: 'object', className: 'String', text: 'abc' }],
    ['boxed number', Object(3), { type: 'object', className: 'Number', text: '3' }],
    ['frozen', Object.freeze({ a: 1 }), { type: 'object', fields: [{ name: 'a' }] }],
    ['hole', Array(1), { type: 'array', elements: [{ type: 'undefined', missing: 'unavailable' }] }],
  ])('%s', (_, value, expected) => expect(read(value)).toMatchObject(expected));

  it('arguments are a list', () => {
    const list = (function (..._: unknown[]) {
      // biome-ignore lint/complexity/noArguments: this object is what is captured
      return arguments;
    })(1, 'b');
    expect(read(list)).toMatchObject({ type: 'array', elements: [{ text: '1' }, { text: 'b' }] });
  });

  it('a detached buffer says that it is gone', () => {
    const buffer = new ArrayBuffer(8);
    const view = new DataView(buffer);
    structuredClone(buffer, { transfer: [buffer] });
    expect(read(buffer)).toEqual({ type: 'bytes', missing: 'unavailable' });
    expect(read(view)).toEqual({ type: 'bytes', missing: 'unavailable' });
  });

  it('an error shows its message, its cause, what was added, and its stack where V8 formats it', () => {
    poison(Error, 'prepareStackTrace', { value: undefined, writable: true });
    const error = Object.assign(new RangeError('too much', { cause: new Error('inner') }), { code: 'E_MUCH' });
    const captured = read(error);
    expect(captured).toMatchObject({ type: 'error', className: 'RangeError' });
    expect(field(captured, 'message')?.text).toBe('too much');
    expect(field(captured, 'code')?.text).toBe('E_MUCH');
    expect(field(captured, 'cause')).toMatchObject({ type: 'error', className: 'Error' });
    expect(field(captured, 'stack')?.text).toContain('RangeError: too much\n    at');
    expect(field(read(new AggregateError([1])), 'errors')).toMatchObject({ type: 'array' });
  });

  it('a million entries cost no more than those that are shown', () => {
    const map = new Map<number, number>();
    for (let index = 0; index < 1_000_000; index += 1) map.set(index, index);
    const captured = read(map, { maxElements: 10 });
    expect(captured).toMatchObject({ type: 'map', size: 1_000_000, missing: 'count' });
    expect(captured.entries).toHaveLength(10);
    const list: number[] = [];
    list.length = 10_000_000;
    expect(read(list, { maxElements: 1 })).toMatchObject({ size: 10_000_000, missing: 'count' });
  });
});

describe('redacted names', () => {
  it('are masked in locals, fields, map keys, header pairs and named pairs', () => {
    const value = {
      Password: 'hunter2',
      map: new Map([['api-key', 'hunter2']]),
      pairs: [['Authorization', 'hunter2']],
      rawHeaders: ['Host', 'shop', 'Cookie', 'hunter2'],
      form: [{ name: 'password', value: 'hunter2' }],
      [Symbol('token')]: 'hunter2',
    };
    const locals = begin({ maxDepth: 5 }).captureLocals(['value', 'secret'], [value, 'hunter2']);
    const text = JSON.stringify(locals);
    expect(text).not.toContain('hunter2');
    expect(text).toContain('shop');
    expect(locals[1]).toEqual({ name: 'secret', value: { type: 'string', missing: 'redacted' } });
  });
});

describe('the budget', () => {
  it('in bytes holds for the JSON of all locals together, and every local is named', () => {
    const wide = Array.from({ length: 90 }, (_, index) => ({ index, text: '"ü\n😀'.repeat(20) }));
    const locals = begin({ maxBytes: 4_096 }).captureLocals(['a', 'b', 'c'], [wide, wide.slice(1), { last: 1 }]);
    expect(Buffer.byteLength(JSON.stringify(locals))).toBeLessThanOrEqual(4_096);
    expect(locals.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect(locals[0]?.value.missing).toBe('size');
    expect(locals[2]?.value.fields).toHaveLength(1);
  });

  it('in time cuts what is not read yet and says so', () => {
    let now = 0;
    const session = begin({ timeoutMs: 0.6 }, () => {
      now += 0.2;
      return now;
    });
    const captured = session.captureValue([{}, {}, {}, {}, { late: 1 }]);
    expect(captured.elements?.[4]).toEqual({ type: 'object', missing: 'time' });
    expect(session.captureValue({ a: 1 })).toEqual({ type: 'object', missing: 'time' });
    expect(session.captureValue(5)).toEqual({ type: 'number', text: '5' });
  });

  it('does not count the time in which something else had the processor, up to a bound', () => {
    let now = 0;
    let stepMs = 10;
    const session = begin({ timeoutMs: 3 }, () => {
      now += stepMs;
      return now;
    });
    expect(session.captureValue([{}, {}]).elements).toEqual([
      { type: 'object', fields: [] },
      { type: 'object', fields: [] },
    ]);
    stepMs = 40;
    expect(JSON.stringify(session.captureValue([{}, {}, {}]))).toContain('"missing":"time"');
  });

  it('leaves trees that the protocol accepts', () => {
    const captured = read({ a: [new Map([[{}, new Set([1])]]), new Error('x'), Symbol('s')], b: null });
    expect(capturedValue.decode(JSON.parse(JSON.stringify(captured)))).toBeDefined();
  });
});
