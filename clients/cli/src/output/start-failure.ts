import { CliError } from '../cli-error.ts';
import { readServerFile } from '../finding/server-file.ts';

interface Attempt {
  readonly folder: string;
  readonly host: string;
  readonly port: number;
}

/** One clear line for a server that did not start; whatever is not known as a reason passes as it is. */
export function startFailure(error: unknown, attempt: Attempt): unknown {
  if (!(error instanceof Error)) return error;
  const hint = 'hint' in error && typeof error.hint === 'string' ? [error.hint] : undefined;
  if (error.name !== 'StartError' || !hint) return error;
  const running = 'reason' in error && error.reason === 'data.in-use' ? readServerFile(attempt.folder) : undefined;
  return new CliError({
    code: 'cli.start',
    message: error.message,
    next: running ? [`it listens at ${running.url}, process ${running.pid}`, ...hint] : hint,
  });
}
