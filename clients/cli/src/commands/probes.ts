import type { Command } from 'commander';
import type { CliContext } from '../cli-context.ts';
import { connectedAgents } from '../finding/connected-agents.ts';
import { viewFor } from '../output/view.ts';
import { writeJson, writeLines } from '../output/write.ts';
import { probesScreen } from '../screens/probes-screen.ts';
import { addExamples } from './add-examples.ts';
import { addServerOptions, type CommonOptions, connect } from './server-options.ts';

interface ProbesOptions extends CommonOptions {
  readonly all?: true;
}

export function addProbesCommand(program: Command, context: CliContext): void {
  const command = program
    .command('probes')
    .description('list the active probes and what agents say of them')
    .option('--all', 'also those that are completed, expired or deleted');
  addExamples(addServerOptions(command), [
    ['sonde probes', 'what is active'],
    ['sonde probes --all --json', 'every probe there was, for a program'],
  ]).action(async (options: ProbesOptions) => {
    const client = connect(context, options);
    const list = await client.listProbes({ query: options.all ? {} : { state: 'active' } });
    if (options.json) return writeJson(context.stdout, list);
    const connected = await connectedAgents(client);
    const view = viewFor(context, context.stdout);
    writeLines(context.stdout, probesScreen(list.probes, connected, options.all ?? false, view));
  });
}
