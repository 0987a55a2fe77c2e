import type { Command } from 'commander';
import type { CliContext } from '../cli-context.ts';
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
    const list = await connect(context, options).listProbes({ query: options.all ? {} : { state: 'active' } });
    if (options.json) writeJson(context.stdout, list);
    else writeLines(context.stdout, probesScreen(list.probes, options.all ?? false, viewFor(context, context.stdout)));
  });
}
