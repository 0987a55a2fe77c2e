import { join, resolve } from 'node:path';
import type { CliContext } from '../cli-context.ts';

/** Where the local server keeps its data: as given, else `SONDE_DATA`, else `~/.sonde`. */
export function dataFolder(context: CliContext, given: string | undefined): string {
  const named = given || context.env['SONDE_DATA'];
  return named ? resolve(context.cwd, named) : join(context.homeFolder, '.sonde');
}

export function tokenFile(folder: string, audience: 'admin' | 'agent'): string {
  return join(folder, `${audience}-token`);
}
