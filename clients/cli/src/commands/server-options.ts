import type { ApiClient } from '@sonde/api-client';
import type { Command } from 'commander';
import type { CliContext } from '../cli-context.ts';
import { findServer, type ServerOptions } from '../finding/find-server.ts';

export interface CommonOptions extends ServerOptions {
  readonly json?: true;
}

/** The options of every command that talks to a server. */
export function addServerOptions(command: Command): Command {
  return command
    .option('--url <url>', 'the server (default: SONDE_URL, else the one that runs here)')
    .option('--token <token>', 'the token for it (default: SONDE_TOKEN, else the one of the server that runs here)')
    .option('--data <dir>', 'data folder of the server that runs here (default: SONDE_DATA, else ~/.sonde)')
    .option('--json', 'write JSON for programs instead of text for people');
}

export function connect(context: CliContext, options: ServerOptions): ApiClient {
  return context.createClient(findServer(context, options));
}
