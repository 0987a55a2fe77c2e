import { fileURLToPath } from 'node:url';
import { type RunningShop, startShop } from '../../../examples/shop/start-shop.ts';
import { replayVisits } from '../../../examples/shop/traffic/replay.ts';
import { ShopClient } from '../../../examples/shop/traffic/shop-client.ts';
import { DEFAULT_SEED } from '../../../examples/shop/traffic/visit.ts';

const reportCpu = new URL('../../targets/dormant/report-cpu.mjs', import.meta.url).href;
const concurrency = 8;
/** Where a test asks what became of the application's code. */
export const repositoryRoot = fileURLToPath(new URL('../../../', import.meta.url));

export interface GatewayOptions {
  readonly node: string;
  /** Options of Node in front of the gateway, and what is added to its environment. */
  readonly execArgv: readonly string[];
  readonly env: { readonly [name: string]: string };
}

/** What a block of visits was, and what it cost the whole process of the gateway. */
export interface Block {
  readonly cpuMs: number;
  readonly requests: number;
  /** The orders that came of it, less what differs by process. */
  readonly orders: string;
}

class CountingClient extends ShopClient {
  requests = 0;

  override send(method: string, path: string, body?: unknown) {
    this.requests += 1;
    return super.send(method, path, body);
  }
}

/** The example shop, whose gateway says what CPU time it has used. */
export class Gateway {
  readonly #shop: RunningShop;
  readonly #client: CountingClient;
  #onCpu: (micros: number) => void;

  private constructor(shop: RunningShop, client: CountingClient) {
    this.#shop = shop;
    this.#client = client;
    this.#onCpu = () => {};
  }

  static async start({ node, execArgv, env }: GatewayOptions): Promise<Gateway> {
    let gateway: Gateway | undefined;
    const shop = await startShop({
      node,
      execArgv: ['--import', reportCpu, ...execArgv],
      env: { ...env, LOG_LEVEL: 'warn' },
      maxPaymentLatencyMs: 0,
      onLine: (program, line) => {
        if (!gateway || program !== 'gateway' || !line.startsWith('{"cpuMicros":')) return;
        gateway.#onCpu(JSON.parse(line).cpuMicros);
      },
    });
    gateway = new Gateway(shop, new CountingClient(shop.gatewayUrl));
    return gateway;
  }

  /** Makes the visits with these numbers; the same numbers are the same work. */
  async run(from: number, count: number): Promise<Block> {
    const cpuBefore = await this.#cpuMicros();
    const requestsBefore = this.#client.requests;
    const outcomes = await replayVisits(this.#client, { seed: DEFAULT_SEED, from, count, concurrency });
    const cpuMs = ((await this.#cpuMicros()) - cpuBefore) / 1_000;
    const orders = outcomes.map(({ order: { id, number, ...result } }) => result);
    return { cpuMs, requests: this.#client.requests - requestsBefore, orders: JSON.stringify(orders) };
  }

  async stop(): Promise<void> {
    this.#client.close();
    await this.#shop.stop();
  }

  #cpuMicros(): Promise<number> {
    const { gateway } = this.#shop;
    return new Promise((resolve, reject) => {
      this.#onCpu = resolve;
      void gateway.exited.then(() => reject(new Error('the gateway has ended')));
      gateway.kill('SIGUSR2');
    });
  }
}
