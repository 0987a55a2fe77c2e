import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { schemaDocument } from './documents/schema-document.ts';
import { messages } from './messages.ts';
import { DecodeError, type Schema } from './schema/schema.ts';
import { mutateJson, pick, randomJson } from './test-support/random-json.ts';
import { randomSource } from './test-support/random-source.ts';
import { readFixtures } from './test-support/read-fixtures.ts';

const seed = Number(process.env['SONDE_FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 32));
process.stdout.write(`SONDE_FUZZ_SEED=${seed}\n`);

describe.each(Object.entries<Schema<unknown>>(messages))(`%s under SONDE_FUZZ_SEED=${seed}`, (message, schema) => {
  it('refuses whatever JSON it does not take with a DecodeError and nothing else', () => {
    const random = randomSource(seed);
    for (let round = 0; round < 500; round += 1) accepts(schema, randomJson(random, 4));
  });

  it('judges damaged messages as its JSON Schema does', () => {
    const random = randomSource(seed);
    const validate = new Ajv2020().compile(schemaDocument(message, schema));
    // Large fixtures sit at a bound on purpose; damage seldom reaches what matters there, and they are slow.
    const good = readFixtures(message).filter(
      ({ valid, message }) => valid && JSON.stringify(message).length < 5_000 && validate(message),
    );
    for (let round = 0; round < 500; round += 1) {
      let damaged = pick(random, good).message;
      for (let blow = random(); blow < 0.9; blow += random()) damaged = mutateJson(damaged, random);
      expect(accepts(schema, damaged), JSON.stringify(damaged)).toBe(validate(damaged));
    }
  });
});

it('leaves prototypes as they were', () => {
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect('polluted' in {}).toBe(false);
});

function accepts(schema: Schema<unknown>, message: unknown): boolean {
  try {
    schema.decode(message);
    return true;
  } catch (error) {
    if (!(error instanceof DecodeError)) throw new Error(`threw ${error} for ${JSON.stringify(message)}`);
    return false;
  }
}
