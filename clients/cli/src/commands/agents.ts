import type { Command } from 'commander';
import type { CliContext } from '../cli-context.ts';
import { viewFor } from '../output/view.ts';
import { writeJson, writeLines } from '../output/write.ts';
import { agentsScreen } from '../screens/agents-screen.ts';
import { addExamples } from './add-examples.ts';
import { addServerOptions, type CommonOptions, connect } from './server-options.ts';

export function addAgentsCommand(program: Command, context: CliContext): void {
  const command = program.command('agents').description('list the agents that are connected, and what they cost');
  addExamples(addServerOptions(command), [
    ['sonde agents', 'who is there'],
    ['sonde agents --json', 'the same for a program'],
  ]).action(async (options: CommonOptions) => {
    const list = await connect(context, options).listAgents();
    if (options.json) writeJson(context.stdout, list);
    else writeLines(context.stdout, agentsScreen(list.agents, viewFor(context, context.stdout)));
  });
}
