// Plain JavaScript that Node 20 can run: it is what fetches the Node that runs everything else.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { oneAtATime } from './one-at-a-time.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const versions = JSON.parse(readFileSync(join(root, 'scripts/runtimes.json'), 'utf8'));

/** The folder whose `bin/node` is the pinned Node of that major version, for example `24`. */
function runtimeFolder(major) {
  return join(root, '.runtime', versions.supported[major]);
}

export const developmentMajor = versions.development.split('.')[0];
export const supportedMajors = Object.keys(versions.supported);

/** Path of the pinned Node of that major version, or undefined while it is not fetched. */
export function runtimePath(major) {
  const file = join(runtimeFolder(major), 'node_modules/node/bin/node');
  return existsSync(file) ? file : undefined;
}

/**
 * Fetches the pinned Node of that major version from the npm registry if it is not here yet, and returns its path.
 * It is built in a folder of its own and moved into place, so that an interrupted fetch leaves nothing half done.
 */
export function fetchRuntime(major) {
  return runtimePath(major) ?? oneAtATime(join(root, '.runtime/fetch.lock'), () => runtimePath(major) ?? fetch(major));
}

function fetch(major) {
  const version = versions.supported[major];
  process.stderr.write(`fetching Node ${version} (once)\n`);
  const folder = runtimeFolder(major);
  const partial = `${folder}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  writeFileSync(join(partial, 'package.json'), '{ "private": true }\n');
  // The package brings Node by its install script, whatever the user has set for scripts in general.
  const settings = ['--loglevel=error', '--no-package-lock', '--engine-strict=false', '--ignore-scripts=false'];
  runNpm(process.execPath, ['install', ...settings, `node@${version}`], partial);
  rmSync(folder, { recursive: true, force: true });
  renameSync(partial, folder);
  const fetched = runtimePath(major);
  if (!fetched)
    throw new Error(`npm brought no Node ${version}: the package node@${version} did not run its install script`);
  return fetched;
}

/** Runs npm under the given Node, so that npm judges `engines` by it. */
export function runNpm(node, args, cwd) {
  const npm = process.env.npm_execpath;
  const env = { ...process.env, PATH: `${dirname(node)}:${process.env.PATH}` };
  const [command, prefix] = npm ? [node, [npm]] : ['npm', []];
  execFileSync(command, [...prefix, ...args], { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] });
}
