import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { testTargets } from './start-node-target.ts';

/** Puts the dependency where Node looks for one. It is kept beside, since Git ignores folders of this name. */
export function installDependency(): void {
  const to = join(testTargets, 'modules/node_modules/dependency-of-the-target');
  cpSync(join(testTargets, 'dependency'), to, { recursive: true });
}
