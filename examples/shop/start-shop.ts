import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type StartedProgram, startProgram } from './started-program.ts';

export interface ShopOptions {
  /** The path of the Node executable for every program; this process's own unless given. */
  readonly node?: string;
  /** Options of Node itself for the gateway, for example `['--import', agent]`. */
  readonly execArgv?: readonly string[];
  /** Added to the gateway's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** The gateway's port; a free one unless given. */
  readonly port?: number;
  /** The longest answer of the payment service takes about this long; 20 unless given, 0 for none. */
  readonly maxPaymentLatencyMs?: number;
  /** Traffic starts with the shop when this is given; `rate` counts visits per second. */
  readonly traffic?: { readonly rate: number; readonly seed?: number };
  /** Gets every line that a program prints, with `gateway`, `payments` or `traffic`. */
  readonly onLine?: (program: string, line: string) => void;
}

export interface RunningShop {
  readonly gatewayUrl: string;
  readonly gateway: StartedProgram;
  readonly payments: StartedProgram;
  readonly traffic: StartedProgram | undefined;
  /** Starts another gateway at the same address with the same database, once the one before has ended. */
  readonly startGatewayAgain: () => Promise<StartedProgram>;
  /** Stops whatever runs of it, traffic first, and removes its database. */
  readonly stop: () => Promise<void>;
}

/** Starts the example shop as processes of its own, and waits until it can be used. */
export async function startShop(options: ShopOptions = {}): Promise<RunningShop> {
  const folder = await mkdtemp(join(tmpdir(), 'example-shop-'));
  const started: StartedProgram[] = [];
  const stop = async (): Promise<void> => {
    for (const program of started.toReversed()) await program.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const start = async (program: Promise<StartedProgram>): Promise<StartedProgram> => {
    started.push(await program);
    return program;
  };
  try {
    const payments = await start(startPayments(options));
    const databaseFile = join(folder, 'shop.db');
    const gateway = await start(startGateway(options, options.port ?? 0, payments.url, databaseFile));
    const port = Number(new URL(gateway.url).port);
    const startGatewayAgain = () => start(startGateway(options, port, payments.url, databaseFile));
    const traffic = options.traffic && (await start(startTraffic(options, gateway.url, options.traffic)));
    return { gatewayUrl: gateway.url, gateway, payments, traffic, startGatewayAgain, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function startPayments(options: ShopOptions): Promise<StartedProgram> {
  return startProgram({
    ...common('payments', './payments/stand-in.ts', options),
    env: { PORT: '0', MAX_LATENCY_MS: String(options.maxPaymentLatencyMs ?? 20) },
  });
}

function startGateway(
  options: ShopOptions,
  port: number,
  paymentsUrl: string,
  databaseFile: string,
): Promise<StartedProgram> {
  return startProgram({
    ...common('gateway', './gateway/src/main.ts', options),
    execArgv: options.execArgv ?? [],
    env: { PORT: String(port), PAYMENTS_URL: paymentsUrl, SHOP_DB: databaseFile, ...options.env },
  });
}

function startTraffic(
  options: ShopOptions,
  url: string,
  { rate, seed }: NonNullable<ShopOptions['traffic']>,
): Promise<StartedProgram> {
  const args = ['--url', url, '--rate', String(rate), ...(seed === undefined ? [] : ['--seed', String(seed)])];
  return startProgram({ ...common('traffic', './traffic.ts', options), args });
}

function common(name: string, script: string, { node = process.execPath, onLine }: ShopOptions) {
  const path = fileURLToPath(new URL(script, import.meta.url));
  return { name, node, script: path, ...(onLine && { onLine }) };
}
