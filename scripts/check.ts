// `npm run check`: every rule of the repository, cheapest first. All run even when one fails, so one call shows all.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkLayers, readFrom } from './layers/check-layers.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Runs a tool of node_modules/.bin's packages by its script, under this very Node. */
function tool(script: string, args: readonly string[]): boolean {
  return (
    spawnSync(process.execPath, [`${root}/node_modules/${script}`, ...args], { cwd: root, stdio: 'inherit' }).status ===
    0
  );
}

function layers(): boolean {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts'], {
    cwd: root,
    encoding: 'utf8',
  });
  const files = listed
    .split('\n')
    .filter(
      (file) =>
        file !== '' &&
        existsSync(`${root}/${file}`) &&
        !file.includes('/test-targets/') &&
        !file.startsWith('vitest.') &&
        file !== importsAsText,
    );
  const faults = checkLayers(files, readFrom(root));
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  return faults.length === 0;
}

/** Its cases are imports written as text. */
const importsAsText = 'scripts/layers/check-layers.test.ts';

const checks: { readonly [name: string]: () => boolean } = {
  'format and lint': () => tool('@biomejs/biome/bin/biome', ['ci', '.']),
  layers,
  types: () => tool('typescript/bin/tsc', ['-p', '.']),
  'dead code': () => tool('knip/bin/knip.js', []),
};

const failed = Object.entries(checks)
  .map(([name, check]) => ({ name, passed: check() }))
  .filter(({ passed }) => !passed);
for (const { name } of failed) process.stderr.write(`check failed: ${name}\n`);
if (failed.length === 0) process.stdout.write('check passed: format and lint, layers, types, dead code\n');
process.exitCode = failed.length === 0 ? 0 : 1;
