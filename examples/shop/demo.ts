// `npm run demo`: the whole path from a line of running code to evidence, on the example shop. With `--once` it stops by
// itself, with exit code 0 only if the evidence was right.
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { faultsOfLogs, faultsOfSnapshot, type ShownEvent } from './demo/evidence.ts';
import { probeLine } from './demo/probe-line.ts';
import { SondeCommand } from './demo/sonde-command.ts';
import { startShop } from './start-shop.ts';

const agent = new URL('../../agents/node/dist/register.js', import.meta.url).href;
const priced = probeLine('examples/shop/gateway/src/orders.ts', 'order-priced');
const tooCheap = 'order.discount > order.subtotal * 0.4';
const template = 'Processing order {order.getId()} with status {order.status} at tax rate {calculateTax(order)}';

async function demo(once: boolean): Promise<number> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'sonde-demo-'));
  await using cleanup = new AsyncDisposableStack();
  cleanup.defer(() => rm(dataFolder, { recursive: true, force: true }));
  const sonde = new SondeCommand(dataFolder);

  tell('A Sonde server:');
  const { url, stop } = await sonde.up();
  cleanup.defer(stop);

  tell(
    'A shop that takes orders, with steady traffic. Its gateway was started with the agent and knows nothing of it.',
  );
  const token = (await readFile(join(dataFolder, 'agent-token'), 'utf8')).trim();
  const shop = await startShop({
    execArgv: ['--import', agent],
    env: { SONDE_URL: url, SONDE_TOKEN: token, SONDE_SERVICE: 'shop-gateway', LOG_LEVEL: 'warn' },
    traffic: { rate: 40 },
  });
  cleanup.defer(shop.stop);
  await sonde.agentConnected();
  await sonde.show('agents');

  tell('Customers pay too little now and then, and every log line says that all went well. What is at that line?');
  await sonde.show('explain', priced);

  tell('No order can have a discount above 40 %. Catch the first that has, with all it knows, while the shop runs on:');
  const snapshots = await sonde.json(
    'snapshot',
    priced,
    '--if',
    tooCheap,
    '--watch',
    'order.adjustments',
    '--wait',
    '--timeout',
    '120s',
  );
  const snapshot = snapshots.map(asEvent).find((event) => event?.event.kind === 'snapshot');
  if (!snapshot) throw new Error('no snapshot arrived');
  await sonde.show('show', snapshot.id);
  tell(
    'The same coupon stands in order.adjustments more than once: that is the bug. (examples/shop/README.md has the rest.)',
  );

  tell('A log line that nobody deployed, with method calls that are proven to change nothing:');
  const events = (await sonde.json('log', priced, template, '--hits', '5', '--wait')).map(asEvent);
  const lines = events.filter((event) => event?.event.kind === 'log').filter((event) => event !== undefined);
  for (const line of lines) process.stdout.write(`${line.event.message}\n`);
  await sonde.show('probes', '--all');

  const faults = [
    ...faultsOfSnapshot(snapshot),
    ...faultsOfLogs(lines),
    ...(lines.length >= 5 ? [] : ['fewer than 5 log lines came']),
  ];
  for (const fault of faults) process.stdout.write(`${styleText('red', 'wrong evidence:')} ${fault}\n`);
  if (faults.length === 0) tell('All of it was read from the running process: no pause, no restart, no deployment.');
  if (!once) await stayUp(dataFolder);
  return faults.length === 0 ? 0 : 1;
}

async function stayUp(dataFolder: string): Promise<void> {
  tell('Server and shop stay up. In a second terminal, at the root of this repository:');
  const commands = [
    `export SONDE_DATA=${dataFolder}`,
    'npx sonde agents',
    `npx sonde snapshot ${priced} --if 'order.total > 1000' --watch order.items.length --wait`,
    `npx sonde log ${priced} '${template}' --follow`,
  ];
  for (const command of commands) process.stdout.write(`  ${command}\n`);
  process.stdout.write('\nCtrl-C ends the demo.\n');
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
}

/** One line of `--json` is an event, a change of the probe, or the created probe; only events matter here. */
function asEvent(value: unknown): ShownEvent | undefined {
  const message = value as { readonly kind?: string; readonly event?: ShownEvent };
  return message.kind === 'event' ? message.event : undefined;
}

function tell(text: string): void {
  process.stdout.write(`\n${styleText('cyan', text)}\n`);
}

process.exitCode = await demo(process.argv.includes('--once'));
