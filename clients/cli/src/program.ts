import { Command } from 'commander';
import type { CliContext } from './cli-context.ts';
import { addAgentsCommand } from './commands/agents.ts';
import { addExplainCommand } from './commands/explain.ts';
import { addLogCommand } from './commands/log.ts';
import { addProbesCommand } from './commands/probes.ts';
import { addRmCommand } from './commands/rm.ts';
import { addRunCommand } from './commands/run.ts';
import { addShowCommand } from './commands/show.ts';
import { addSnapshotCommand } from './commands/snapshot.ts';
import { addTailCommand } from './commands/tail.ts';
import { addUpCommand } from './commands/up.ts';
import { exitCodeHelp } from './exit-code.ts';

const gettingStarted = `
Getting started:
  $ sonde up                                  start the server
  $ sonde run -- node app.js                  start a program with the agent, in another terminal
  $ sonde snapshot src/orders.ts:42 --wait    see the variables at a line, without stopping the program`;

const adders = [
  addUpCommand,
  addRunCommand,
  addAgentsCommand,
  addExplainCommand,
  addSnapshotCommand,
  addLogCommand,
  addTailCommand,
  addProbesCommand,
  addShowCommand,
  addRmCommand,
];

/** The whole command line. Every end, help among them, is an error to catch: nothing here ends the process. */
export function createProgram(context: CliContext, version: string, writeUsage: (text: string) => void): Command {
  const program = new Command('sonde')
    .description('Ask the running process: live probes that never pause it.')
    .version(version, '-v, --version')
    .enablePositionalOptions()
    .showSuggestionAfterError()
    .addHelpText('after', `${gettingStarted}\n${exitCodeHelp}`);
  for (const add of adders) add(program, context);
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: writeUsage,
      getOutHelpWidth: () => (context.stdout.isTTY ? context.stdout.columns : 100),
      getErrHelpWidth: () => (context.stderr.isTTY ? context.stderr.columns : 100),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
    if (command !== program) command.addHelpText('after', exitCodeHelp);
  }
  return program;
}
