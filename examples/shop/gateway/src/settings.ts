import { join } from 'node:path';

export interface Settings {
  readonly host: string;
  readonly port: number;
  readonly databaseFile: string;
  readonly paymentsUrl: string;
  readonly logLevel: string;
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/**
 * Reads the gateway's settings from the environment.
 * @param temporaryFolder where the database lives unless SHOP_DB names another file
 * @throws if PORT or LOG_LEVEL is none
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>, temporaryFolder: string): Settings {
  const port = Number(env['PORT'] ?? '4100');
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`PORT must be a whole number from 0 to 65535, but is '${env['PORT']}'`);
  }
  const logLevel = env['LOG_LEVEL'] ?? 'info';
  if (!LOG_LEVELS.includes(logLevel)) {
    throw new Error(`LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}, but is '${logLevel}'`);
  }
  return {
    host: env['HOST'] ?? '127.0.0.1',
    port,
    databaseFile: env['SHOP_DB'] ?? join(temporaryFolder, 'example-shop.db'),
    paymentsUrl: env['PAYMENTS_URL'] ?? 'http://127.0.0.1:4101',
    logLevel,
  };
}
