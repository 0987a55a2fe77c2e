import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { developmentMajor, fetchRuntime, runNpm } from './runtimes.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Makes the clone ready: the pinned Node, then the locked packages installed with it. Returns that Node's path. */
export function setUp() {
  const node = fetchRuntime(developmentMajor);
  const lock = readFileSync(join(root, 'package-lock.json'));
  const wanted = createHash('sha256').update(lock).digest('hex');
  const stamp = join(root, 'node_modules/.sonde-setup');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
    process.stderr.write('installing packages (once)\n');
    runNpm(node, ['ci', '--loglevel=error'], root);
    writeFileSync(stamp, wanted);
  }
  return node;
}
