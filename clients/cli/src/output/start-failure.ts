import { CliError } from '../cli-error.ts';
import { readServerFile } from '../finding/server-file.ts';

interface Attempt {
  readonly folder: string;
  readonly port: number;
}

/** One clear line for a server that did not start; whatever is not known as a reason passes as it is. */
export function startFailure(error: unknown, attempt: Attempt): unknown {
  if (!isStartError(error)) return error;
  const own = error.reason === 'listen.insecure' ? insecureHint : error.hint;
  return new CliError({
    code: 'cli.start',
    message: error.message,
    details: runningServer(error, attempt),
    next: [own],
  });
}

const insecureHint =
  'listen on 127.0.0.1 and let a proxy with TLS forward to it, or say --insecure-listen if the network is yours alone';

/** The server is loaded only when it is started, so its error is known by its shape. */
function isStartError(error: unknown): error is Error & { readonly reason: unknown; readonly hint: string } {
  return (
    error instanceof Error &&
    error.name === 'StartError' &&
    'reason' in error &&
    'hint' in error &&
    typeof error.hint === 'string'
  );
}

/** A folder or port that is taken is mostly taken by the server that left its word in the folder. */
function runningServer({ reason }: { readonly reason: unknown }, { folder, port }: Attempt): readonly string[] {
  const server = readServerFile(folder);
  const taken = reason === 'data.in-use' || (reason === 'listen.in-use' && server?.url.endsWith(`:${port}`));
  return server && taken ? [`a Sonde server runs at ${server.url}, process ${server.pid}`] : [];
}
