import { expect, it } from 'vitest';
import { integer, number, oneOf, string } from './scalars.ts';
import { DecodeError, type Schema } from './schema.ts';

const refusal = (schema: Schema<unknown>, value: unknown, path?: string) => {
  try {
    schema.decode(value, path);
  } catch (error) {
    if (error instanceof DecodeError) return error.message;
    throw error;
  }
  return 'accepted';
};

it('takes text up to its bounds and no further', () => {
  const schema = string({ min: 1, max: 3 });
  expect(schema.decode('a')).toBe('a');
  expect(schema.decode('abc')).toBe('abc');
  expect(refusal(schema, '')).toBe('message: expected text of 1 to 3 characters, got ""');
  expect(refusal(schema, 'abcd', 'probe.file')).toBe('probe.file: expected text of 1 to 3 characters, got "abcd"');
});

it('counts text in UTF-16 units', () => {
  expect(refusal(string({ max: 2 }), '😀')).toBe('accepted');
  expect(refusal(string({ max: 1 }), '😀')).toContain('expected text of 0 to 1 characters');
});

it('holds text to the whole of its pattern', () => {
  const schema = string({ max: 9, pattern: /^[a-z]+$/ });
  expect(schema.decode('abc')).toBe('abc');
  for (const value of ['', 'ABC', 'abc\n', '\nabc', 'abc1'])
    expect(refusal(schema, value)).toContain('text like ^[a-z]+$');
});

it.each([
  ['null', null],
  ['undefined', undefined],
  ['a number', 1],
  ['an object that prints as text', { toString: () => 'a' }],
  ['a boxed text', Object('a')],
])('does not take %s for text', (_what, value) => {
  expect(refusal(string({ max: 9 }), value)).toContain('expected text');
});

it('takes whole numbers from its least to its most', () => {
  const schema = integer({ min: -1, max: 3 });
  for (const value of [-1, 0, 3]) expect(schema.decode(value)).toBe(value);
  for (const value of [-2, 4, 0.5, Number.NaN, Number.POSITIVE_INFINITY, '1', 1n, true, null, [1]])
    expect(refusal(schema, value)).toContain('a whole number from -1 to 3');
});

it('refuses whole numbers that a double does not hold exactly', () => {
  const schema = integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
  expect(schema.decode(Number.MAX_SAFE_INTEGER)).toBe(9_007_199_254_740_991);
  expect(refusal(schema, Number.MAX_SAFE_INTEGER + 1)).not.toBe('accepted');
});

it('takes numbers with fractions, none of them infinite', () => {
  const schema = number({ min: 0.1, max: 100 });
  for (const value of [0.1, 3, 99.999, 100]) expect(schema.decode(value)).toBe(value);
  for (const value of [0.09, 100.1, Number.NaN, Number.POSITIVE_INFINITY, '3', null])
    expect(refusal(schema, value)).toContain('a number from 0.1 to 100');
});

it('takes a word of its list and names the list when it refuses', () => {
  const schema = oneOf(['log', 'snapshot']);
  expect(schema.decode('log')).toBe('log');
  for (const value of ['LOG', 'constructor', '', 0, null, ['log']])
    expect(refusal(schema, value, 'kind')).toContain('kind: expected one of log, snapshot');
});

it.each([
  ['x'.repeat(41), 'a string of 41 characters'],
  ['a\nb', '"a\\nb"'],
  [[1, 2], 'an array of 2'],
  [{ secret: 'x' }, 'an object'],
  [null, 'null'],
  [undefined, 'undefined'],
])('says in a few words what it got instead', (value, words) => {
  expect(refusal(integer({ min: 0, max: 1 }), value)).toBe(
    `message: expected a whole number from 0 to 1, got ${words}`,
  );
});
