import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { oneAtATime } from './one-at-a-time.mjs';
import { developmentMajor, fetchRuntime, runNpm } from './runtimes.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const stamp = join(root, 'node_modules/.sonde-setup');

/** Makes the clone ready: the pinned Node, then the locked packages installed with it. Returns that Node's path. */
export function setUp() {
  const node = fetchRuntime(developmentMajor);
  const lock = readFileSync(join(root, 'package-lock.json'));
  const wanted = createHash('sha256').update(lock).digest('hex');
  if (!isInstalled(wanted))
    oneAtATime(join(root, '.runtime/install.lock'), () => {
      if (!isInstalled(wanted)) install(node, wanted);
    });
  return node;
}

function isInstalled(wanted) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
}

function install(node, wanted) {
  process.stderr.write('installing packages (once)\n');
  // The tools are what is wanted, whatever NODE_ENV says.
  runNpm(node, ['ci', '--loglevel=error', '--include=dev'], root);
  writeFileSync(stamp, wanted);
}
