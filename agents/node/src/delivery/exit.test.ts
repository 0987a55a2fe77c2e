import { writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FakeServer, startFakeServer } from '../../../../testing/src/fake-server.ts';
import { runtimePath, supportedMajors } from '../../../../testing/src/node-runtimes.ts';
import { bundleDelivery, type DeliveryBundle } from './test-process/delivery-bundle.ts';
import { runProcess } from './test-process/run-process.ts';

const ends = [
  { end: 'process.exit()', script: 'process.exit(7);', code: 7 },
  { end: 'its natural end', script: 'process.exitCode = 3;', code: 3 },
  { end: 'an uncaught exception', script: "throw new Error('of the application');", code: 1 },
];

let bundle: DeliveryBundle;
let server: FakeServer;

beforeAll(async () => {
  bundle = await bundleDelivery();
});
afterAll(() => bundle.remove());
beforeEach(async () => {
  server = await startFakeServer();
});
afterEach(async () => {
  await server.stop();
  expect(server.takeViolations()).toEqual([]);
});

describe.each(supportedMajors())('on Node %i', (major) => {
  const run = (script: string, url = server.url) =>
    runProcess({ bundle, name: 'target', url, token: server.token, script, node: runtimePath(major) });

  it.each(ends)('delivers the last events of a process that ends by $end', async ({ script, code }) => {
    const emit = 'for (let i = 1; i <= 1000; i += 1) delivery.emit(event(i));';
    const result = await run(`await probes(); ${emit} ${script}`).done;
    expect(server.events().map((event) => event.sequence)).toEqual(Array.from({ length: 1000 }, (_, i) => i + 1));
    expect(result).toMatchObject({ code, stdout: '' });
    if (code === 1) expect(result.stderr).toContain('Error: of the application');
    else expect(result.stderr).toBe('');
    expect(server.sessions[0]?.state).toBe('left');
  });

  it('leaves a process that is ended by SIGTERM to its signal', async () => {
    const target = run('await probes(); delivery.emit(event(1)); setInterval(() => {}, 1000);');
    await server.waitForEvent();
    target.kill('SIGTERM');
    expect(await target.done).toEqual({ code: null, signal: 'SIGTERM', stdout: '', stderr: '' });
  });

  it('does not hold up a process without anything to deliver, or without a server', async () => {
    // Had the exit a reason to wait, it would wait out its whole bound of 300 ms.
    server.pauseAcknowledging();
    const timed = `
      let before; process.prependListener('exit', () => { before = performance.now(); });
      process.on('exit', () => console.log(performance.now() - before < 250 ? 'at once' : 'held up'));`;
    const nothing = await run(`${timed} await probes();`).done;
    expect(nothing.stdout).toBe('at once\n');
    const nobody = await run(`${timed} delivery.emit(event(1));`, 'http://127.0.0.1:1').done;
    expect(nobody).toMatchObject({ code: 0, stdout: 'at once\n', stderr: '' });
  });
});

it('gives up at its bound when the server does not answer', async () => {
  server.pauseAcknowledging();
  const script = `
    await probes();
    process.on('exit', () => { const start = performance.now(); delivery.flushAtExit(120); console.log(performance.now() - start); });
    delivery.emit(event(1)); process.exit(0);`;
  // The second listener of the two that flush: the first one has waited for its 300 ms by then.
  const result = await runProcess({ bundle, name: 'bound', url: server.url, token: server.token, script }).done;
  expect(result.code).toBe(0);
  expect(Number(result.stdout)).toBeGreaterThanOrEqual(119);
});

it('runs no preload and no flag of the application in the worker', async () => {
  const preload = new URL('preload.mjs', bundle.workerFile);
  writeFileSync(preload, `import { writeSync } from 'node:fs'; writeSync(1, 'preloaded\\n');`);
  const result = await runProcess({
    bundle,
    name: 'preloaded',
    url: server.url,
    token: server.token,
    script: 'await probes(); delivery.emit(event(1));',
    args: ['--import', preload.href],
    env: { NODE_OPTIONS: `--import ${preload.href}` },
  }).done;
  expect(server.events()).toHaveLength(1);
  expect(result.stdout).toBe('preloaded\n');
});
