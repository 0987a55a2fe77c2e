import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from '../../../build.ts';

const source = fileURLToPath(new URL('../', import.meta.url));

/** Bundles the test agent (real hooks, either transform) as the real one is bundled, into a folder of its own. */
export async function buildTestAgent(transform: 'fake' | 'real'): Promise<{ readonly folder: string; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'sonde-agent-'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  await bundle(
    [
      { output: 'register.js', source: 'test-targets/agent/register.ts', format: 'esm' },
      { output: 'hooks-thread.js', source: 'hooks-thread.ts', format: 'esm' },
      {
        output: 'guard-module.cjs',
        source: transform === 'fake' ? 'test-targets/agent/fake-guard-module.ts' : 'transform.ts',
        format: 'cjs',
      },
    ],
    source,
    folder,
  );
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
