import { describe, expect, it } from 'vitest';
import { redactedNames } from './redacted-names.ts';
import { createRedaction } from './redaction.ts';

const plain = { version: 0, names: [], exceptNames: [] };

describe('redaction by name', () => {
  it('knows at least 90 names, each written the way names are compared', () => {
    expect(new Set(redactedNames).size).toBeGreaterThanOrEqual(90);
    expect(new Set(redactedNames).size).toBe(redactedNames.length);
    for (const name of redactedNames) expect(name).toMatch(/^[a-z0-9]+$/);
  });

  it.each([
    'password',
    'PASSWORD',
    'pass_word',
    'X-Api-Key',
    '$apiKey',
    'api.key',
    '@token',
    'Set-Cookie',
    'DB_PASSWORD',
  ])('masks %s', (name) => {
    const redaction = createRedaction(plain);
    expect(redaction.isRedactedName(name)).toBe(true);
    expect(redaction.isRedactedName(name)).toBe(true);
    expect(redaction.isRedactedNamePurely(name)).toBe(true);
  });

  it.each(['total', 'tokens', 'passwordless', 'keyboard', '', '___', 'x'.repeat(10_000)])(
    'leaves %s readable',
    (name) => {
      const redaction = createRedaction({ ...plain, names: ['_'] });
      expect(redaction.isRedactedName(name)).toBe(false);
      expect(redaction.isRedactedNamePurely(name)).toBe(false);
    },
  );

  it('adds the names of the policy and takes its exceptions away', () => {
    const redaction = createRedaction({ ...plain, names: ['Loyalty-Id'], exceptNames: ['session_id'] });
    expect(redaction.isRedactedName('loyaltyId')).toBe(true);
    expect(redaction.isRedactedName('sessionId')).toBe(false);
  });

  it('treats a method that hands out a redacted field as that field', () => {
    const redaction = createRedaction(plain);
    for (const name of ['getPassword', 'read_token', 'fetchApiKey', 'password']) {
      expect(redaction.isRedactedAccess(name)).toBe(true);
    }
    for (const name of ['getTotal', 'get', 'forgetPassword']) expect(redaction.isRedactedAccess(name)).toBe(false);
  });

  it('answers the same before and after its memory starts anew', () => {
    const redaction = createRedaction(plain);
    for (let index = 0; index < 5_000; index += 1) expect(redaction.isRedactedName(`field${index}`)).toBe(false);
    expect(redaction.isRedactedName('password')).toBe(true);
  });

  it('does not run string methods that the application replaced', () => {
    const redaction = createRedaction(plain);
    const original = String.prototype.toLowerCase;
    let runs = 0;
    String.prototype.toLowerCase = () => {
      runs += 1;
      return 'nothing';
    };
    try {
      expect(redaction.isRedactedName('Pass_Word')).toBe(true);
    } finally {
      String.prototype.toLowerCase = original;
    }
    expect(runs).toBe(0);
  });
});
