import { parseArgs } from 'node:util';
import { ShopClient } from './traffic/shop-client.ts';
import { runSteadyTraffic } from './traffic/steady-traffic.ts';
import { DEFAULT_SEED } from './traffic/visit.ts';

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:4100' },
    rate: { type: 'string', default: '40' },
    seed: { type: 'string', default: String(DEFAULT_SEED) },
    seconds: { type: 'string' },
  },
});

const say = (line: object): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
};
const positive = (name: string, given: string): number => {
  const number = Number(given);
  if (!(number > 0)) throw new Error(`--${name} must be a number above 0, but is '${given}'`);
  return number;
};

const rate = positive('rate', values.rate);
const seed = Number(values.seed);
if (!Number.isInteger(seed)) throw new Error(`--seed must be a whole number, but is '${values.seed}'`);

const stopped = new AbortController();
const stop = (): void => stopped.abort();
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
const clock = values.seconds === undefined ? undefined : setTimeout(stop, positive('seconds', values.seconds) * 1_000);

const client = new ShopClient(values.url);
say({ ready: true, name: 'traffic', url: values.url, seed, rate, pid: process.pid });
const summary = await runSteadyTraffic(client, {
  seed,
  rate,
  signal: stopped.signal,
  onReachable: (reachable, reason) => say({ reachable, reason }),
});
clearTimeout(clock);
client.close();
say({ seed, ...summary });
