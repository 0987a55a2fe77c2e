import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { agentEntries, bundle } from '../build.ts';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sonde-enable-'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  await bundle(agentEntries, fileURLToPath(new URL('..', import.meta.url)), folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a program that sees `enable` and options for a server that nobody is. */
function run(script: string) {
  const file = join(folder, 'program.js');
  const entry = pathToFileURL(join(folder, 'index.js')).href;
  const options = { url: 'http://127.0.0.1:9', token: 'none', root: folder };
  writeFileSync(
    file,
    `import { enable } from ${JSON.stringify(entry)};\nconst options = ${JSON.stringify(options)};\n${script}\n`,
  );
  const { status, stdout, stderr } = spawnSync(process.execPath, [file], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
    timeout: 20_000,
  });
  return { status, stdout, stderr };
}

it('does not end a process whose own readings are replaced or fail', () => {
  const script = `
    enable(options);
    process.memoryUsage = () => ({ heapUsed: 1 });
    process.cpuUsage = () => { throw new Error('no readings'); };
    setTimeout(() => console.log('done'), 2_500);`;
  expect(run(script)).toEqual({ status: 0, stdout: 'done\n', stderr: '' });
});

it('resolves a stop that nothing else is alive for', () => {
  expect(run(`await enable(options).stop(); console.log('stopped');`)).toEqual({
    status: 0,
    stdout: 'stopped\n',
    stderr: '',
  });
});

it.skipIf(process.platform === 'win32')('does not throw where the working directory is gone', () => {
  const script = `
    import { mkdtempSync, rmdirSync } from 'node:fs';
    const gone = mkdtempSync(${JSON.stringify(join(tmpdir(), 'sonde-gone-'))});
    process.chdir(gone);
    rmdirSync(gone);
    console.log(enable(options));`;
  const { status, stdout, stderr } = run(script);
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'undefined\n' });
  expect(stderr).toContain('sonde: the agent could not start');
});
