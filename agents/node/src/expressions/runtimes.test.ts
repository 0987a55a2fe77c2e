import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runtimePath, supportedMajors } from '../../../../testing/src/node-runtimes.ts';

const run = promisify(execFile);
const nodes = supportedMajors().map(runtimePath);

let folder = '';
let bundle = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sonde-runtimes-'));
  bundle = join(folder, 'target.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('./test-support/runtime-target.ts', import.meta.url))],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const expected = {
  results: [
    ...['O-7', 240, 240, true, true],
    ...[
      'expression.side-effect',
      'expression.timeout',
      'expression.threw',
      'expression.redacted',
      'expression.redacted',
    ],
  ],
  id: 7,
  stack: true,
  formatted: 0,
  plainStack: true,
  hiddenStack: 'unavailable',
  leaked: false,
};

describe.each(nodes)('on %s', (node) => {
  it('evaluates and captures the same, ends by itself and prints nothing of its own', async () => {
    const { stdout, stderr } = await run(node, [bundle]);
    expect(JSON.parse(stdout)).toEqual(expected);
    expect(stderr).toBe('');
  });

  it('does so in a process that is open to a debugger', async () => {
    const { stdout, stderr } = await run(node, ['--inspect=127.0.0.1:0', bundle]);
    expect(JSON.parse(stdout)).toEqual(expected);
    expect(stderr).not.toContain('Debugger attached');
  });

  it('does so with source maps switched on', async () => {
    const { stdout } = await run(node, ['--enable-source-maps', bundle]);
    expect(JSON.parse(stdout)).toEqual(expected);
  });
});
