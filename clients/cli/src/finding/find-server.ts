import type { CliContext } from '../cli-context.ts';
import { CliError } from '../cli-error.ts';
import { exitCodes } from '../exit-code.ts';
import { dataFolder, tokenFile } from './data-folder.ts';
import { readIfThere, readServerFile } from './server-file.ts';

export interface ServerOptions {
  readonly url?: string;
  readonly token?: string;
  readonly data?: string;
}

interface ServerAccess {
  readonly url: string;
  readonly token: string;
}

/** The server a command talks to: as given, else as the environment says, else the local one that runs. */
export function findServer(context: CliContext, options: ServerOptions): ServerAccess {
  const folder = dataFolder(context, options.data);
  const url = checkedUrl(options.url ?? context.env['SONDE_URL']) ?? localUrl(context, folder);
  const token = options.token ?? context.env['SONDE_TOKEN'] ?? localToken(folder, url);
  if (token) return { url, token };
  throw new CliError({
    code: 'token.missing',
    message: `no token for the server at ${url}`,
    next: ['pass --token or set SONDE_TOKEN; the server keeps its admin token in the file that `sonde up` names'],
  });
}

function checkedUrl(given: string | undefined): string | undefined {
  if (!given) return undefined;
  const url = URL.parse(given);
  if (url && /^https?:$/.test(url.protocol)) return given.replace(/\/+$/, '');
  throw new CliError({
    code: 'cli.usage',
    exitCode: exitCodes.usage,
    message: `${JSON.stringify(given)} is not the URL of a server`,
    next: ['say it in full, for example --url http://127.0.0.1:7300'],
  });
}

function localUrl(context: CliContext, folder: string): string {
  const server = readServerFile(folder);
  if (server && context.isAlive(server.pid)) return server.url;
  throw new CliError({
    code: 'cli.unreachable',
    exitCode: exitCodes.unreachable,
    message: server
      ? `the server of ${folder} is gone (its process ${server.pid} ended without stopping it)`
      : `no server runs on the data folder ${folder}`,
    next: ['start one with `sonde up`, or name another with --url or --data'],
  });
}

/** The token in the data folder belongs to the local server; it is sent nowhere else. */
function localToken(folder: string, url: string): string | undefined {
  if (readServerFile(folder)?.url !== url) return undefined;
  return readIfThere(tokenFile(folder, 'admin'))?.trim();
}
