import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FakeServer, startFakeServer } from '../../../../testing/src/fake-server.ts';
import { runtimePath, supportedMajors } from '../../../../testing/src/node-runtimes.ts';
import { bundleDelivery, type DeliveryBundle } from '../delivery/test-process/delivery-bundle.ts';
import { runProcess } from '../delivery/test-process/run-process.ts';

const target = `
function tax(order) {
  const rate = order.total > 10 ? 2 : 1;
  return order.total * rate;
}
function stop() { debugger; return 'went on'; }
`;

let bundle: DeliveryBundle;
let server: FakeServer;
let folder: string;

beforeAll(async () => {
  bundle = await bundleDelivery();
  // A name that a URL and a pattern must both escape.
  folder = join(bundle.folder, 'a (b) c+d');
  mkdirSync(folder);
  writeFileSync(join(folder, 'orders.cjs'), `${target}module.exports = { tax, stop };`);
  writeFileSync(join(folder, 'orders.mjs'), `${target}export { tax, stop };`);
});
afterAll(() => bundle.remove());
beforeEach(async () => {
  server = await startFakeServer();
});
afterEach(() => server.stop());

describe.each(supportedMajors())('on Node %i', (major) => {
  const run = async (script: string, args: readonly string[] = []) => {
    const prelude = `
      const hits = []; globalThis.hook = (value) => { hits.push(value); return false; };
      const told = (key) => whileAlive(new Promise((resolve) => {
        onBreakpoint = (report) => report.key === key && resolve(report);
      }));
      const folder = ${JSON.stringify(folder)}, folderUrl = ${JSON.stringify(`${pathToFileURL(folder).href}/`)};
      await probes();`;
    const node = runtimePath(major);
    const options = { bundle, name: 'breakpoints', url: server.url, token: server.token, node, args };
    return runProcess({ ...options, script: prelude + script }).done;
  };

  it.each([
    ['a module by its URL', 'orders.mjs', "folderUrl + 'orders.mjs'"],
    ['a module by its path', 'orders.mjs', "folder + '/orders.mjs'"],
    ['a script by its URL', 'orders.cjs', "folderUrl + 'orders.cjs'"],
    ['a script by its path', 'orders.cjs', "folder + '/orders.cjs'"],
  ])('captures in %s without a pause, and no more once it is taken away', async (_, file, url) => {
    const result = await run(`
      const { tax } = await import(folderUrl + ${JSON.stringify(file)});
      const set = told('b');
      delivery.setBreakpoints([
        { key: 'a', url: ${url}, line: 4, condition: 'hook(rate)' },
        { key: 'b', url: ${url}, line: 4, condition: 'hook(order.total) // here' },
      ]);
      const { kind, line, column } = await set;
      console.log(kind, line, column > 1);
      tax({ total: 20 });
      delivery.setBreakpoints([{ key: 'c', url: ${url}, line: 400, condition: 'hook(1)' }]);
      const failed = await told('c');
      console.log(failed.kind, failed.message);
      tax({ total: 30 });
      delivery.setBreakpoints([]);
      console.log(JSON.stringify(hits), JSON.stringify(breakpoints.map((report) => report.key)));
    `);
    expect(result.stderr).toBe('');
    expect(result.stdout.split('\n')).toEqual([
      'breakpoint-set 4 true',
      'breakpoint-failed no code at line 400 or behind it',
      '[2,20] ["a","b","c"]',
      '',
    ]);
    expect(result.code).toBe(0);
  });

  it('binds when the script is loaded later', async () => {
    const result = await run(`
      const set = told('a');
      delivery.setBreakpoints([{ key: 'a', url: folderUrl + 'orders.mjs', line: 4, condition: 'hook(order.total)' }]);
      const { tax } = await import(folderUrl + 'orders.mjs');
      const report = await set;
      tax({ total: 3 });
      console.log(report.kind, report.line, JSON.stringify(hits));
    `);
    expect(result.stdout).toBe('breakpoint-set 4 [3]\n');
  });

  it('lets a debugger statement and thrown errors of the application pass', async () => {
    const result = await run(`
      const { tax, stop } = await import(folderUrl + 'orders.mjs');
      const set = told('a');
      delivery.setBreakpoints([{ key: 'a', url: folderUrl + 'orders.mjs', line: 4, condition: 'hook(rate)' }]);
      await set;
      for (let i = 0; i < 100; i += 1) stop();
      try { tax(undefined); } catch (error) { console.log(stop(), error.name); }
    `);
    expect(result.stdout).toBe('went on TypeError\n');
  });

  it('prints nothing and changes nothing when a process exits under its breakpoints', async () => {
    const set = `
      const set = told('a');
      delivery.setBreakpoints([{ key: 'a', url: folderUrl + 'orders.mjs', line: 4, condition: 'hook(rate)' }]);
      await import(folderUrl + 'orders.mjs'); await set;`;
    expect(await run(`${set} process.exit(4);`)).toEqual({ code: 4, signal: null, stdout: '', stderr: '' });
    expect(await run(`${set} process.exitCode = 5;`)).toEqual({ code: 5, signal: null, stdout: '', stderr: '' });
    const thrown = await run(`${set} throw new Error('of the application');`);
    expect(thrown.code).toBe(1);
    expect(thrown.stderr).not.toContain('debugger');
  });

  it('stands beside a debugger of a person, who still pauses', async () => {
    const result = await run(
      `
      const { tax } = await import(folderUrl + 'orders.mjs');
      const set = told('a');
      delivery.setBreakpoints([{ key: 'a', url: folderUrl + 'orders.mjs', line: 4, condition: 'hook(rate)' }]);
      await set;
      const { Worker } = await import('node:worker_threads');
      const person = new Worker(\`
        const { parentPort, workerData } = require('node:worker_threads');
        const { Session } = require('node:inspector');
        const session = new Session(); session.connectToMainThread();
        session.on('Debugger.paused', () => {
          workerData[0] += 1; session.post('Debugger.resume', () => parentPort.postMessage('resumed'));
        });
        parentPort.once('message', () => { session.disconnect(); });
        session.post('Debugger.enable', {}, () => session.post('Debugger.setBreakpointByUrl',
          { lineNumber: 3, urlRegex: 'orders.mjs$' }, () => parentPort.postMessage('ready')));
      \`, { eval: true, execArgv: [], workerData: new Int32Array(new SharedArrayBuffer(4)) });
      const { once } = await import('node:events');
      await once(person, 'message');
      tax({ total: 20 });
      console.log((await once(person, 'message'))[0], JSON.stringify(hits));
      person.postMessage('leave'); await once(person, 'exit');
    `,
      ['--inspect=127.0.0.1:0'],
    );
    expect(result.stdout).toBe('resumed [2]\n');
    expect(result.code).toBe(0);
  });
});
