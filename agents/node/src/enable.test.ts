import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startFakeServer } from '../../../testing/src/fake-server.ts';
import { runtimePath, supportedMajors } from '../../../testing/src/node-runtimes.ts';
import { agentEntries, bundle } from '../build.ts';

let folder: string;
/** Apart from the agent, whose own folder is never probed. */
let application: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sonde-enable-'));
  application = mkdtempSync(join(tmpdir(), 'sonde-application-'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  await bundle(agentEntries, fileURLToPath(new URL('..', import.meta.url)), folder);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  rmSync(application, { recursive: true });
});

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

it.each(supportedMajors())('stands on lines by breakpoints where guards are off, on Node %i', async (major) => {
  const server = await startFakeServer();
  const program = `unguarded-${major}.mjs`;
  writeFileSync(join(application, program), 'export function work() {\n  return 1;\n}\nsetInterval(work, 50);\n');
  const child = spawn(runtimePath(major), ['--import', pathToFileURL(join(folder, 'register.js')).href, program], {
    cwd: application,
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      SONDE_URL: server.url,
      SONDE_TOKEN: server.token,
      SONDE_GUARDS: 'off',
      SONDE_ROOT: application,
    },
    timeout: 20_000,
  });
  const closed = once(child, 'close');
  try {
    await server.waitForSession();
    const explanation = await server.ask({ file: program, line: 2 });
    expect(explanation).toMatchObject({ outcome: 'bound', bindings: [{ line: 2, mechanism: 'breakpoint' }] });
    expect(explanation.note).toContain('guards-are-off');
  } finally {
    child.kill();
    await closed;
    await server.stop();
  }
});
