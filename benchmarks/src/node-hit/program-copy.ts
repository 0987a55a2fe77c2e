import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const original = fileURLToPath(new URL('../../targets/hit/', import.meta.url));
const timedFile = 'order-total.mjs';
const mark = '// probe: total';

/** The target program in a folder of its own. */
export interface ProgramCopy {
  readonly folder: string;
  readonly script: string;
  readonly file: string;
  readonly url: string;
  /** The line that is probed, from 1. */
  readonly line: number;
  remove(): void;
}

/**
 * Copies the target program; `statement` is written where a guard would stand: at the end of the line above the probed
 * one, so that no line moves.
 */
export function copyProgram(statement = ''): ProgramCopy {
  // Breakpoints are set by URL, and the URL is that of the real path.
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'sonde-bench-'));
  cpSync(original, folder, { recursive: true });
  const path = join(folder, timedFile);
  const lines = readFileSync(path, 'utf8').split('\n');
  const probed = lines.findIndex((line) => line.endsWith(mark));
  lines[probed - 1] += statement;
  writeFileSync(path, lines.join('\n'));
  return {
    folder,
    script: join(folder, 'program.mjs'),
    file: timedFile,
    url: pathToFileURL(path).href,
    line: probed + 1,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
