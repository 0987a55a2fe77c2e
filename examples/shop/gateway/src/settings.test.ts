import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSettings } from './settings.ts';

test('an empty environment gives the defaults, with the database in the temporary folder', () => {
  expect(readSettings({}, 'temporary')).toEqual({
    host: '127.0.0.1',
    port: 4100,
    databaseFile: join('temporary', 'example-shop.db'),
    paymentsUrl: 'http://127.0.0.1:4101',
    logLevel: 'info',
  });
});

test('the environment decides', () => {
  const env = { PORT: '0', HOST: '::1', SHOP_DB: 'x.db', PAYMENTS_URL: 'http://p', LOG_LEVEL: 'warn' };
  expect(readSettings(env, 'temporary')).toEqual({
    host: '::1',
    port: 0,
    databaseFile: 'x.db',
    paymentsUrl: 'http://p',
    logLevel: 'warn',
  });
});

test.each(['-1', '65536', '4.5', 'http'])('the port %s is refused', (PORT) => {
  expect(() => readSettings({ PORT }, 'temporary')).toThrow(`but is '${PORT}'`);
});

test('an unknown log level is refused with those that exist', () => {
  expect(() => readSettings({ LOG_LEVEL: 'loud' }, 'temporary')).toThrow(/fatal, .*silent, but is 'loud'/);
});
