import { expect, expectTypeOf, it } from 'vitest';
import { integer, string } from './scalars.ts';
import { DecodeError, type Infer, type Schema } from './schema.ts';
import { array, object, optional, record, recursive, variant } from './structures.ts';

const text = string({ max: 5 });
const count = integer({ min: 0, max: 9 });

/** The path that a refusal names. */
function refusedAt(schema: Schema<unknown>, value: unknown): string {
  try {
    schema.decode(value);
  } catch (error) {
    if (error instanceof DecodeError) return error.path;
    throw error;
  }
  throw new Error('it was accepted');
}

it('names the field at fault by the path to it', () => {
  const schema = object({ list: array(object({ map: record(text, { max: 2, maxKey: 3 }) }), { max: 2 }) });
  expect(refusedAt(schema, null)).toBe('');
  expect(refusedAt(schema, {})).toBe('list');
  expect(refusedAt(schema, { list: [{ map: {} }, 1] })).toBe('list[1]');
  expect(refusedAt(schema, { list: [{ map: { a: 1 } }] })).toBe('list[0].map.a');
  expect(refusedAt(schema, { list: [{ map: { long: '' } }] })).toBe('list[0].map');
  expect(refusedAt(schema, { list: [{ map: { a: '', b: '', c: '' } }] })).toBe('list[0].map');
  expect(refusedAt(schema, { list: [{ map: {} }, { map: {} }, { map: {} }] })).toBe('list');
});

it('drops fields that nobody described', () => {
  expect(object({ a: count }).decode({ a: 1, b: 2 })).toEqual({ a: 1 });
});

it('takes an optional field that is absent, one that is undefined, and none that is null', () => {
  const schema = object({ a: optional(count) });
  expect(Object.keys(schema.decode({}))).toEqual([]);
  expect(Object.keys(schema.decode({ a: undefined }))).toEqual([]);
  expect(schema.decode({ a: 0 })).toEqual({ a: 0 });
  expect(refusedAt(schema, { a: null })).toBe('a');
  expectTypeOf<Infer<typeof schema>>().toEqualTypeOf<{ readonly a?: number }>();
});

it('refuses a field it needs that is undefined or null', () => {
  const schema = object({ a: count });
  expect(refusedAt(schema, { a: undefined })).toBe('a');
  expect(refusedAt(schema, { a: null })).toBe('a');
});

it.each([
  ['list', []],
  ['text', 'a'],
  ['number', 1],
  ['null', null],
  ['undefined', undefined],
])('does not take a %s for an object or a map', (_what, value) => {
  expect(refusedAt(object({}), value)).toBe('');
  expect(refusedAt(record(text, { max: 1, maxKey: 1 }), value)).toBe('');
  expect(refusedAt(variant('kind', { a: {} }), value)).toBe('');
});

it('takes a field only from the object itself, not from what it inherits', () => {
  expect(refusedAt(object({ constructor: text }), {})).toBe('constructor');
  expect(refusedAt(object({ a: count }), Object.create({ a: 1 }))).toBe('a');
  expect(refusedAt(variant('kind', { a: {} }), Object.create({ kind: 'a' }))).toBe('kind');
});

it('does not let __proto__ change what it yields or anything else', () => {
  const message = JSON.parse('{"__proto__":{"a":1,"polluted":true},"b":{"__proto__":"x","constructor":"y"}}');
  const schema = object({ a: optional(count), b: record(text, { max: 5, maxKey: 20 }) });
  const decoded = schema.decode(message);
  expect(decoded.a).toBeUndefined();
  expect(Object.entries(decoded.b)).toEqual([
    ['__proto__', 'x'],
    ['constructor', 'y'],
  ]);
  expect(Object.getPrototypeOf(decoded)).toBe(Object.prototype);
  expect('polluted' in {}).toBe(false);
});

it('reads a map of objects under the key __proto__ as a key like any other', () => {
  const schema = record(object({ polluted: count }), { max: 5, maxKey: 20 });
  const decoded = schema.decode(JSON.parse('{"__proto__":{"polluted":1}}'));
  expect(Object.keys(decoded)).toEqual(['__proto__']);
  expect((decoded as { readonly polluted?: unknown }).polluted).toBeUndefined();
});

it('tells variants apart by their word and takes only the fields of that one', () => {
  const schema = variant('kind', { a: { count }, b: { text: optional(text) } });
  expect(schema.decode({ kind: 'a', count: 1, text: 'x' })).toEqual({ kind: 'a', count: 1 });
  expect(schema.decode({ kind: 'b' })).toEqual({ kind: 'b' });
  expect(refusedAt(schema, { kind: 'a' })).toBe('count');
  for (const kind of ['c', 'toString', '__proto__', '', 1, null, ['a'], undefined])
    expect(refusedAt(schema, { kind })).toBe('kind');
  expectTypeOf<Infer<typeof schema>>().toEqualTypeOf<
    { readonly kind: 'a'; readonly count: number } | { readonly kind: 'b'; readonly text?: string }
  >();
});

interface Chain {
  readonly next?: Chain;
}
const chain = recursive<Chain>('chain', (self) => object({ next: optional(self) }) as Schema<Chain>, 3);

it('follows a schema into itself down to its deepest level', () => {
  expect(chain.decode({ next: { next: {} } })).toEqual({ next: { next: {} } });
  expect(refusedAt(chain, { next: { next: { next: {} } } })).toBe('next.next.next');
});

it('counts levels anew after a refusal', () => {
  for (let round = 0; round < 5; round += 1) expect(refusedAt(chain, { next: { next: { next: {} } } })).not.toBe('');
  expect(chain.decode({ next: { next: {} } })).toEqual({ next: { next: {} } });
});

it('refuses a value that nests without end instead of exhausting the stack', () => {
  const endless: { next?: unknown } = {};
  endless.next = endless;
  expect(refusedAt(chain, endless)).toBe('next.next.next');
});

it('describes itself as JSON Schema', () => {
  const schema = object({ a: count, b: optional(array(text, { max: 2 })) }, 'A thing');
  expect(schema.json).toEqual({
    type: 'object',
    description: 'A thing',
    properties: {
      a: { type: 'integer', minimum: 0, maximum: 9 },
      b: { type: 'array', items: { type: 'string', maxLength: 5 }, maxItems: 2 },
    },
    required: ['a'],
  });
  expect(variant('kind', { a: {}, b: { count } }).json).toEqual({
    oneOf: [
      { type: 'object', properties: { kind: { const: 'a' } }, required: ['kind'] },
      {
        type: 'object',
        properties: { kind: { const: 'b' }, count: { type: 'integer', minimum: 0, maximum: 9 } },
        required: ['kind', 'count'],
      },
    ],
  });
});
