import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildGateway } from './gateway.ts';
import { readSettings } from './settings.ts';
import { startTelemetry } from './telemetry.ts';

// A folder per user, because the folder for temporary files may be shared.
const settings = readSettings(process.env, join(tmpdir(), `example-shop-${process.getuid?.() ?? 'user'}`));
const telemetry = startTelemetry();
const gateway = buildGateway({
  settings,
  tracer: telemetry.tracer,
  nextCartId: randomUUID,
  paymentToken: process.env['PAYMENTS_TOKEN'] ?? `pay_live_${randomUUID()}`,
  now: () => new Date(),
});

const stop = async (): Promise<void> => {
  await gateway.close();
  await telemetry.stop();
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);

const url = await gateway.listen({
  host: settings.host,
  port: settings.port,
  listenTextResolver: () => 'accepting requests',
});
process.stdout.write(`${JSON.stringify({ ready: true, name: 'gateway', url, pid: process.pid })}\n`);
