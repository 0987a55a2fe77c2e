import type { CliContext } from '../cli-context.ts';
import { dataFolder, tokenFile } from '../finding/data-folder.ts';
import type { ServerOptions } from '../finding/find-server.ts';
import { readIfThere, readServerFile } from '../finding/server-file.ts';

export interface AgentAccess {
  readonly url: string;
  readonly token: string | undefined;
  /** What to tell when no server answers; the program runs all the same. */
  readonly absent: string | undefined;
}

const defaultUrl = 'http://127.0.0.1:7300';

/** Where the agent shall report and with which token. A local token goes to the local server only. */
export async function agentAccess(context: CliContext, options: ServerOptions): Promise<AgentAccess> {
  const folder = dataFolder(context, options.data);
  const local = readServerFile(folder)?.url ?? defaultUrl;
  const url = (options.url || context.env['SONDE_URL'] || local).replace(/\/+$/, '');
  const localToken = url === local ? readIfThere(tokenFile(folder, 'agent'))?.trim() : undefined;
  const token = options.token || localToken || context.env['SONDE_TOKEN'];
  const answers = await context
    .createClient({ url })
    .live()
    .then(
      () => true,
      () => false,
    );
  if (answers) return { url, token, absent: undefined };
  const later = token ? 'the agent connects when one does' : 'start one with `sonde up`, then start the program again';
  return { url, token, absent: `no server answers at ${url}; the program runs without one, ${later}` };
}
