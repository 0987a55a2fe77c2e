import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { integer, string } from '../schema/scalars.ts';
import type { Schema } from '../schema/schema.ts';
import { array, object, recursive } from '../schema/structures.ts';
import { schemaDocument } from './schema-document.ts';

interface Tree {
  readonly branches: readonly Tree[];
}
const tree: Schema<Tree> = recursive('tree', (self: Schema<Tree>) => object({ branches: array(self, { max: 9 }) }), 9);

it('says what it is', () => {
  expect(schemaDocument('greeting', string({ max: 5 }))).toEqual({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:sonde:schema:greeting',
    title: 'greeting',
    type: 'string',
    maxLength: 5,
  });
});

it('moves a definition to the root, once, from however deep it is met', () => {
  const document = schemaDocument('forest', object({ left: array(tree, { max: 2 }), right: object({ tree }) }));
  expect(Object.keys(document['$defs'] as object)).toEqual(['tree']);
  expect(JSON.stringify(document).match(/\$defs"/g)).toHaveLength(1);
  const validate = new Ajv2020().compile(document);
  expect(validate({ left: [{ branches: [{ branches: [] }] }], right: { tree: { branches: [] } } })).toBe(true);
  expect(validate({ left: [{ branches: [{}] }], right: { tree: { branches: [] } } })).toBe(false);
});

it('refuses two definitions of one name', () => {
  const other: Schema<unknown> = recursive('tree', () => object({ height: integer({ min: 0, max: 9 }) }), 9);
  expect(() => schemaDocument('forest', object({ tree, other }))).toThrow('two different schemas are called tree');
});
