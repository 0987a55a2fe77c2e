// Bundles the agent into agents/node/dist: plain JavaScript for Node 20 and later, nothing to install beside it.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type OutputFile } from 'esbuild';

export interface Entry {
  /** Name of the file in the output folder. */
  readonly output: string;
  readonly source: string;
  /** CommonJS for what must be loadable synchronously on Node 20. */
  readonly format: 'esm' | 'cjs';
}

const folder = dirname(fileURLToPath(import.meta.url));
const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { readonly version: string };

/** The files the agent consists of. */
export const agentEntries: readonly Entry[] = [
  // The `--import` entry.
  { output: 'register.js', source: 'src/register.ts', format: 'esm' },
  // `import { enable } from '@sonde/agent'`.
  { output: 'index.js', source: 'src/index.ts', format: 'esm' },
  // Everything that handles probes: loaded, by `require`, when the first probe comes.
  { output: 'engine.cjs', source: 'src/engine.ts', format: 'cjs' },
  // The delivery worker.
  { output: 'worker.js', source: 'src/worker.ts', format: 'esm' },
  // The hooks thread of Node 20.
  { output: 'hooks-thread.js', source: 'src/source/hooks-thread.ts', format: 'esm' },
  // The transform and its parser: loaded, by `require`, when the first file is to be guarded.
  { output: 'guard-module.cjs', source: 'src/source/transform.ts', format: 'cjs' },
];

/**
 * Bundles each entry by itself: nothing is shared between files, so each can be loaded alone and early.
 * Returns what was written; a file whose text is unchanged is left alone, since a process may be starting from it.
 */
export async function bundle(entries: readonly Entry[], sourceFolder: string, outFolder: string): Promise<string[]> {
  const formats = ['esm', 'cjs'] as const;
  const results = await Promise.all(
    formats.map((format) => {
      const chosen = entries.filter((entry) => entry.format === format);
      return chosen.length === 0 ? undefined : build(options(chosen, format, sourceFolder, outFolder));
    }),
  );
  return results
    .flatMap((result) => result?.outputFiles ?? [])
    .filter(writeIfChanged)
    .map((file) => file.path);
}

function options(entries: readonly Entry[], format: 'esm' | 'cjs', sourceFolder: string, outFolder: string) {
  return {
    entryPoints: entries.map(({ output, source }) => ({
      in: join(sourceFolder, source),
      out: withoutExtension(output),
    })),
    outdir: outFolder,
    outExtension: { '.js': format === 'cjs' ? '.cjs' : '.js' },
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format,
    // Stack traces of the agent's own errors stay readable, and so does the file on a user's disk.
    minify: false,
    keepNames: false,
    sourcemap: false,
    // Licences of what is bundled travel beside it.
    legalComments: 'linked',
    define: { SONDE_AGENT_VERSION: JSON.stringify(version) },
    logLevel: 'warning',
  } satisfies BuildOptions;
}

function writeIfChanged(file: OutputFile): boolean {
  const bytes = Buffer.from(file.contents);
  if (existsSync(file.path) && readFileSync(file.path).equals(bytes)) {
    return false;
  }
  mkdirSync(dirname(file.path), { recursive: true });
  // Moved into place whole: a process that starts meanwhile reads the old file or the new one, never half of one.
  const partial = `${file.path}.${process.pid}`;
  writeFileSync(partial, bytes);
  renameSync(partial, file.path);
  return true;
}

function withoutExtension(output: string): string {
  return output.replace(/\.[cm]?js$/, '');
}

/** A release refuses to leave an entry out; while the agent is being written, a missing one is named and left out. */
async function main(release: boolean): Promise<void> {
  const missing = agentEntries.filter(({ source }) => !existsSync(join(folder, source)));
  for (const { source } of missing) {
    process.stderr.write(`agents/node/build.ts: no ${source}\n`);
  }
  if (missing.length > 0 && release) {
    process.exitCode = 1;
    return;
  }
  const present = agentEntries.filter((entry) => !missing.includes(entry));
  const written = await bundle(present, folder, join(folder, 'dist'));
  for (const file of written) {
    process.stdout.write(`built ${relative(process.cwd(), file)}\n`);
  }
}

if (import.meta.main) {
  await main(process.argv.includes('--release'));
}
