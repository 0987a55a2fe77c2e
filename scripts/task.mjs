// `node scripts/task.mjs NAME ARGS…`: every npm script comes through here, so that each sets itself up.
import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { isatty } from 'node:tty';
import { fileURLToPath } from 'node:url';
import { fetchRuntime, supportedMajors } from './runtimes.mjs';
import { setUp } from './setup.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const onTerminal = [0, 1, 2].some((stream) => isatty(stream));

/** Each task is a list of commands run in turn; the arguments go to the last one. */
const tasks = {
  setup: [['agents/node/build.ts']],
  build: [['agents/node/build.ts']],
  demo: [['agents/node/build.ts'], ['examples/shop/demo.ts']],
  test: [['agents/node/build.ts'], ['node_modules/vitest/vitest.mjs', 'run']],
  check: [['agents/node/build.ts'], ['scripts/check.ts']],
  format: [['node_modules/@biomejs/biome/bin/biome', 'check', '--write', '.']],
  bench: [['agents/node/build.ts'], ['benchmarks/src/main.ts']],
  schemas: [['scripts/write-schemas.ts']],
};

const [name, ...args] = process.argv.slice(2);
const commands = tasks[name];
if (!commands) {
  process.stderr.write(`unknown task ${name}; there are ${Object.keys(tasks).join(', ')}\n`);
  process.exit(2);
}

const node = setUp();
if (name === 'test') for (const major of supportedMajors) fetchRuntime(major);

const env = { ...process.env, PATH: `${dirname(node)}:${process.env.PATH}` };
for (const [index, command] of commands.entries()) {
  const last = index === commands.length - 1;
  const code = await run(last ? [...command, ...args] : command);
  if (code !== 0) process.exit(code);
}

/**
 * Runs one command under the pinned Node. A terminal sends Ctrl-C to all of its foreground, the command among them: passed
 * on as well it would come twice, and cut short what the first one asked for.
 */
function run(command) {
  return new Promise((resolve) => {
    const child = spawn(node, command, { cwd: root, env, stdio: 'inherit' });
    const pass = (signal) => {
      if (!(signal === 'SIGINT' && onTerminal)) child.kill(signal);
    };
    process.on('SIGINT', pass).on('SIGTERM', pass);
    child.once('exit', (code, signal) => {
      process.off('SIGINT', pass).off('SIGTERM', pass);
      resolve(code ?? (signal ? 128 : 1));
    });
  });
}
