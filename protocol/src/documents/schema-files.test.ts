import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { messages } from '../messages.ts';
import { schemaFiles } from './schema-files.ts';

const folder = join(import.meta.dirname, '../../schema');
const stale = 'protocol/schema/ is not what protocol/src describes: run `npm run schemas` and commit what it writes';

it('holds a file for every message, the route table, and nothing else', () => {
  expect(readdirSync(folder).toSorted(), stale).toEqual([...schemaFiles().keys()].toSorted());
});

it.each([...schemaFiles()])('%s is on disk as it is described', (name, text) => {
  expect(readFileSync(join(folder, name), 'utf8'), stale).toBe(text);
});

it('writes the same text every time', () => {
  expect([...schemaFiles()]).toEqual([...schemaFiles()]);
});

it('writes schemas that a strict validator takes side by side', () => {
  const ajv = new Ajv2020({ strict: true });
  for (const [name, text] of schemaFiles()) if (name !== 'routes.json') ajv.addSchema(JSON.parse(text));
  for (const name of Object.keys(messages)) expect(ajv.getSchema(`urn:sonde:schema:${name}`)).toBeTypeOf('function');
});
