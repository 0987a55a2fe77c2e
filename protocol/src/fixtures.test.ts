import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { schemaDocument } from './documents/schema-document.ts';
import { messages } from './messages.ts';
import { DecodeError, type Schema } from './schema/schema.ts';
import { fixtureFolders, readFixtures } from './test-support/read-fixtures.ts';

/** Refused by the decoder, accepted by JSON Schema, and why that cannot be otherwise. */
const beyondJsonSchema: { readonly [fixture: string]: string } = {
  'batch/value-nested-too-deep-in-elements': 'JSON Schema cannot bound how deep a schema that refers to itself nests',
  'batch/value-nested-too-deep-in-fields': 'JSON Schema cannot bound how deep a schema that refers to itself nests',
  'batch/value-nested-too-deep-in-entries': 'JSON Schema cannot bound how deep a schema that refers to itself nests',
  'stored-event/event-value-nested-too-deep': 'JSON Schema cannot bound how deep a schema that refers to itself nests',
  'problem-detail/title-too-long-in-utf-16-units': 'maxLength counts code points, the decoder UTF-16 units',
};

describe.each(Object.entries<Schema<unknown>>(messages))('%s', (message, schema) => {
  const fixtures = readFixtures(message);
  const validate = new Ajv2020({ allErrors: false }).compile(schemaDocument(message, schema));

  it('has good and bad fixtures', () => {
    expect(new Set(fixtures.map((fixture) => fixture.valid))).toEqual(new Set([true, false]));
  });

  it.each(fixtures)('$name is what its fixture says', (fixture) => {
    const outcome = decode(schema, fixture.message);
    if (!fixture.valid) return expect(outcome).toEqual({ path: fixture.path });
    expect(outcome).toEqual({ decoded: plain(fixture.decoded ?? fixture.message) });
  });

  it.each(fixtures.filter((fixture) => fixture.valid))('$name decodes to what decodes to itself', (fixture) => {
    const once = schema.decode(fixture.message);
    expect(plain(schema.decode(once))).toEqual(plain(once));
  });

  it.each(fixtures)('$name is judged the same by its JSON Schema', (fixture) => {
    const beyond = fixture.name in beyondJsonSchema;
    expect(validate(fixture.message), JSON.stringify(validate.errors)).toBe(fixture.valid || beyond);
  });
});

it('keeps fixtures of every message and of nothing else', () => {
  expect(fixtureFolders().toSorted()).toEqual(Object.keys(messages).toSorted());
});

it('knows each exception to JSON Schema from a refused fixture', () => {
  const refused = Object.keys(messages)
    .flatMap(readFixtures)
    .filter((fixture) => !fixture.valid)
    .map((fixture) => fixture.name);
  expect(refused).toEqual(expect.arrayContaining(Object.keys(beyondJsonSchema)));
});

it('uses every word of every closed list in a good fixture', () => {
  const described = Object.values<Schema<unknown>>(messages).flatMap(({ json }) => wordsOf(json));
  const good = Object.keys(messages)
    .flatMap(readFixtures)
    .filter(({ valid }) => valid);
  const used = new Set(good.flatMap(({ message }) => textsOf(message)));
  expect(described.length).toBeGreaterThan(100);
  expect([...new Set(described)].filter((word) => !used.has(word))).toEqual([]);
});

function decode(schema: Schema<unknown>, message: unknown): unknown {
  try {
    return { decoded: plain(schema.decode(message)) };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return { path: error.path };
  }
}

/** Maps are decoded without a prototype; as JSON they are the same. Keys such as `__proto__` show in the text. */
function plain(value: unknown): string {
  return JSON.stringify(value, (_key, part) => (isObject(part) ? sorted(part) : part));
}

function sorted(object: object): object {
  const result = Object.create(null);
  for (const [key, value] of Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1))) result[key] = value;
  return result;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `field: word` for each word that a closed list of a schema allows. */
function wordsOf(node: unknown, field = ''): readonly string[] {
  if (Array.isArray(node)) return node.flatMap((part) => wordsOf(part, field));
  if (!isObject(node)) return [];
  return Object.entries(node).flatMap(([key, value]) => {
    if (key === 'enum' || key === 'const') return [value].flat().map((word) => `${field}: ${word}`);
    return wordsOf(value, key);
  });
}

/** `field: text` for each text of a message. */
function textsOf(value: unknown, field = ''): readonly string[] {
  if (typeof value === 'string') return [`${field}: ${value}`];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => textsOf(part, key));
}
