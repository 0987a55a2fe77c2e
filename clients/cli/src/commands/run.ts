import { constants } from 'node:os';
import type { Tags } from '@sonde/protocol';
import { type Command, Option } from 'commander';
import { collectTag } from '../arguments/collect.ts';
import type { CliContext, ProgramEnd } from '../cli-context.ts';
import { CliError, EarlyExit } from '../cli-error.ts';
import { writeJson, writeLines } from '../output/write.ts';
import { agentAccess } from '../running/agent-access.ts';
import { childEnvironment } from '../running/child-environment.ts';
import { cloneRuntime } from '../running/clone-runtime.ts';
import { addExamples } from './add-examples.ts';

interface RunOptions {
  readonly service?: string;
  readonly tag?: Tags;
  readonly url?: string;
  readonly token?: string;
  readonly data?: string;
  readonly json?: true;
}

export function addRunCommand(program: Command, context: CliContext): void {
  const command = program
    .command('run')
    .usage('[options] -- COMMAND ARGS...')
    .argument('<command...>', 'the program and its arguments')
    .description('run a program with the agent in it; its exit code becomes ours')
    .passThroughOptions()
    .option('--service <name>', 'name of the service (default: the name in package.json)')
    .option('--tag <key=value>', 'a tag that --on can select (repeatable)', collectTag)
    .option('--url <url>', 'the server (default: SONDE_URL, else the one that runs here)')
    .addOption(new Option('--token <token>', 'an agent token for it (default: the one of the server that runs here)'))
    .option('--data <dir>', 'data folder of the server that runs here (default: SONDE_DATA, else ~/.sonde)')
    .option('--json', 'write our own messages as JSON');
  addExamples(command, [
    ['sonde run -- node app.js', 'a program with the agent'],
    ['sonde run --service checkout --tag env=dev -- npm start', 'under a name and with a tag'],
  ]).action(async ([name = '', ...args]: readonly string[], options: RunOptions) => {
    const entry = context.machine.agentEntry();
    if (!entry)
      throw new CliError({
        code: 'cli.failed',
        message: 'the agent is not built',
        next: ['run `npm run setup` in the repository, then try again'],
      });
    const note = (text: string) =>
      options.json ? writeJson(context.stderr, { note: text }) : writeLines(context.stderr, [`sonde: ${text}`]);
    const access = await agentAccess(context, options);
    if (access.absent) note(access.absent);
    const runtime = cloneRuntime(context, name, args);
    if (runtime.note) note(runtime.note);
    const env = childEnvironment(context.env, { ...options, ...access, agentEntry: entry, path: runtime.path });
    const end = await context.machine.runProgram({ command: name, args, env });
    if (end.kind !== 'exited' || end.code !== 0) throw ending(end, name);
  });
}

/** Shells use 126 and 127 for programs that cannot be run or found, and 128 and the number for signals. */
function ending(end: ProgramEnd, name: string): Error {
  if (end.kind === 'exited') return new EarlyExit(end.code);
  if (end.kind === 'killed') return new EarlyExit(128 + (constants.signals[end.signal as NodeJS.Signals] ?? 0));
  const missing = end.code === 'ENOENT';
  return new CliError({
    code: 'cli.failed',
    exitCode: missing ? 127 : 126,
    message: missing ? `there is no program ${name}` : `${name} cannot be run (${end.code})`,
    next: ['check the name, or its folder in PATH'],
  });
}
