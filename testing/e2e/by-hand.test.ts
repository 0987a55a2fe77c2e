import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StartedProgram, startProgram } from '../../examples/shop/started-program.ts';
import { runtimePath } from '../src/node-runtimes.ts';
import { probeLine } from '../src/probe-marker.ts';
import type { SpokenProgram } from './spoken-program.ts';
import { repository, Stage } from './stage.ts';

const shop = join(repository, 'examples/shop');
const gateway = 'examples/shop/gateway/src';
const line = `${gateway}/orders.ts:${probeLine(join(repository, gateway, 'orders.ts'), 'order-priced')}`;

describe('what a person types at the root of a clone, on a machine whose Node is 20', () => {
  let stage: Stage;
  let program: SpokenProgram;
  const started: StartedProgram[] = [];

  beforeAll(async () => {
    stage = new Stage(20);
    await stage.up();
    const node = runtimePath(24);
    const payments = await startProgram({
      name: 'payments',
      node,
      script: join(shop, 'payments/stand-in.ts'),
      env: { PORT: '0' },
    });
    started.push(payments);
    program = stage.shell('exec sonde run -- node examples/shop/gateway/src/main.ts', {
      PORT: '0',
      LOG_LEVEL: 'warn',
      PAYMENTS_URL: payments.url,
      SHOP_DB: join(mkdtempSync(join(stage.home, 'shop-')), 'shop.db'),
    });
    const ready = JSON.parse(await program.line((text) => text.startsWith('{"ready":true')));
    const args = ['--url', ready.url, '--rate', '40'];
    started.push(await startProgram({ name: 'traffic', node, script: join(shop, 'traffic.ts'), args }));
    await stage.until(async () => (await stage.api.agents()).length === 1);
  }, 60_000);
  afterAll(async () => {
    for (const each of started.toReversed()) await each.stop();
    await stage[Symbol.asyncDispose]();
  }, 60_000);

  const typed = async (command: string) => {
    const end = await stage.shell(command).ended();
    expect(end, end.stderr).toMatchObject({ code: 0 });
    return end.stdout;
  };
  /** With `--json` all of the output is one value. */
  const value = async (command: string) => JSON.parse(await typed(`${command} --json`));
  /** Or one value a line, for what goes on. */
  const values = async (command: string) =>
    (await typed(`${command} --json`))
      .trimEnd()
      .split('\n')
      .map((text) => JSON.parse(text));

  it('sonde run says which Node it takes instead', () => {
    expect(program.stderr).toMatch(/^sonde: node is the repository's own 24\.\d+\.\d+ \(yours is 20\.\d+\.\d+\)$/m);
  });

  it('sonde agents', async () => {
    expect(await typed('sonde agents')).toMatch(/^SERVICE +AGENT .*\n\S+ +a_[0-9a-z]{25} +node 24\./);
    expect(await value('sonde agents')).toMatchObject({ agents: [{ runtime: 'node', pid: expect.any(Number) }] });
  });

  it('sonde explain', async () => {
    const text = await typed(`sonde explain ${line}`);
    expect(text).toContain('can be placed');
    expect(text).toMatch(new RegExp(`binds to +${line}:5`));
    expect(text).toContain('a guard compiled into the code; nothing pauses');
    expect(text).toMatch(/in scope .*order, cart, this/);
    expect(await value(`sonde explain ${line}`)).toMatchObject({ matching: 1, silent: [] });
  });

  const snapshot = `sonde snapshot ${line} --if 'order.total > 1000' --watch order.items.length --wait`;
  it('sonde snapshot with a condition and a watch, waiting', async () => {
    const text = await typed(snapshot);
    expect(text).toContain(`snapshot ${line}:5 in Orders.#process`);
    expect(text).toMatch(/trace [0-9a-f]{32} span [0-9a-f]{16}/);
    expect(text).toMatch(/order\.items\.length {2}\d+/);
    expect(Number(/^ {6}total +([\d.]+)$/m.exec(text)?.[1])).toBeGreaterThan(1000);
    expect(text).toMatch(/^ {8}password +‹redacted›$/m);
    const messages = await values(snapshot);
    expect(messages[0]).toMatchObject({ kind: 'created', matching: 1 });
    expect(messages.filter(({ kind }) => kind === 'event')).toMatchObject([{ event: { event: { kind: 'snapshot' } } }]);
  }, 60_000);

  const template = 'Processing order {order.getId()} with status {order.status} at tax rate {calculateTax(order)}';
  const processing = /Processing order ord-\d+ with status priced at tax rate [\d.]+$/;
  it('sonde log, sonde tail, sonde probes, sonde show, sonde rm', async () => {
    const placed = await typed(`sonde log ${line} '${template}'`);
    const id = /^(p_[0-9a-z]{25}) log at/.exec(placed)?.[1] ?? '';
    const tail = stage.shell('exec sonde tail');
    expect(await tail.line((text) => processing.test(text))).toContain(line);
    // Ctrl-C is how a tail ends, and no failure.
    expect(await tail.end('SIGINT')).toMatchObject({ code: 0 });
    const jsonTail = stage.shell('exec sonde tail --json');
    const message = JSON.parse(await jsonTail.line((text) => text.includes('"kind":"event"')));
    expect(message.event.event.message).toMatch(processing);
    await jsonTail.end('SIGINT');

    expect(await typed('sonde probes')).toMatch(
      new RegExp(`${id} +log +${line} +- +active +[\\d,]+ +1 (emitting|throttled)`),
    );
    expect(await value('sonde probes')).toMatchObject({ probes: [{ probe: { id, template }, state: 'active' }] });
    const shown = await typed(`sonde show ${id}`);
    expect(shown).toMatch(/line reached [\d,]+ times, captured [\d,]+/);
    expect(shown).toMatch(new RegExp(processing.source, 'm'));
    expect(await value(`sonde show ${id}`)).toMatchObject({ record: { probe: { id } }, events: expect.any(Array) });
    expect(await typed(`sonde rm ${id}`)).toMatch(new RegExp(`^removed ${id} log at ${line}; its [\\d,]+ events`));
    expect(await value(`sonde rm ${id}`)).toMatchObject({ probes: [{ state: 'deleted' }] });
    expect(await typed('sonde probes')).toContain('No probe is active.');
  }, 60_000);

  it('and on Ctrl-C the program ends as it would alone', async () => {
    expect(await program.end('SIGINT')).toMatchObject({ code: 0, signal: null });
  });
});
