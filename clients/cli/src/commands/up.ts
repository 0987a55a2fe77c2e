import type { Command } from 'commander';
import { wholeNumber } from '../arguments/whole-number.ts';
import type { CliContext, RunningServer } from '../cli-context.ts';
import { dataFolder } from '../finding/data-folder.ts';
import { removeServerFile, writeServerFile } from '../finding/server-file.ts';
import { startFailure } from '../output/start-failure.ts';
import { alignColumns } from '../output/table.ts';
import { viewFor } from '../output/view.ts';
import { writeJson, writeLines } from '../output/write.ts';
import { addExamples } from './add-examples.ts';

interface UpOptions {
  readonly port: number;
  readonly host: string;
  readonly data?: string;
  readonly insecureListen?: true;
  readonly json?: true;
}

const defaultPort = 7_300;

export function addUpCommand(program: Command, context: CliContext): void {
  const command = program
    .command('up')
    .description('start the server here, until Ctrl-C')
    .option('--port <port>', 'port to listen on; 0 takes a free one', wholeNumber(0, 65_535), defaultPort)
    .option('--host <host>', 'address to listen on', '127.0.0.1')
    .option('--data <dir>', 'folder for its data and tokens (default: SONDE_DATA, else ~/.sonde)')
    .option('--insecure-listen', 'allow an address that other machines reach, though there is no TLS')
    .option('--json', 'write JSON for programs instead of text for people');
  addExamples(command, [
    ['sonde up', 'on this machine only, data in ~/.sonde'],
    ['sonde up --port 7301 --data /tmp/sonde', 'a second one beside it'],
  ]).action(async (options: UpOptions) => {
    const folder = dataFolder(context, options.data);
    const interruption = context.interruption();
    const server = await start(context, options, folder);
    try {
      writeServerFile(folder, { url: reachableUrl(server.url), pid: context.pid });
      if (options.json) writeJson(context.stdout, startedJson(context, folder, server));
      else announce(context, folder, server);
      await aborted(interruption);
      if (!options.json) writeLines(context.stderr, ['stopping']);
    } finally {
      await server.stop();
      removeServerFile(folder, context.pid);
    }
  });
}

async function start(context: CliContext, options: UpOptions, folder: string): Promise<RunningServer> {
  const { host, port, insecureListen = false } = options;
  try {
    return await context.startServer({ dataFolder: folder, host, port, insecureListen });
  } catch (error) {
    throw startFailure(error, { folder, port });
  }
}

function startedJson({ pid }: CliContext, folder: string, { url, adminTokenFile, agentTokenFile }: RunningServer) {
  return { url, pid, dataFolder: folder, adminTokenFile, agentTokenFile };
}

function announce(context: CliContext, folder: string, { url, adminTokenFile, agentTokenFile }: RunningServer): void {
  const { paint } = viewFor(context, context.stdout);
  const where = folder === dataFolder(context, undefined) ? '' : ` --data ${folder}`;
  writeLines(context.stdout, [
    `${paint(['bold', 'green'], 'Sonde')} listens at ${paint('bold', url)}`,
    ...alignColumns([
      ['  data', folder],
      [
        '  admin token',
        `${adminTokenFile} ${paint('gray', '(only you can read it; commands here do so by themselves)')}`,
      ],
      ['  agent token', agentTokenFile],
    ]),
    '',
    'Next, in another terminal:',
    ...alignColumns([
      [`  sonde run${where} -- node app.js`, paint('gray', 'start a program with the agent')],
      [`  sonde agents${where}`, paint('gray', 'see that it is there')],
    ]),
    '',
    paint('gray', 'Ctrl-C stops the server.'),
  ]);
}

/** A server that listens on every address is reached from here by loopback. */
function reachableUrl(url: string): string {
  return url.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:');
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
