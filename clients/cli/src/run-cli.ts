import { CommanderError } from 'commander';
import type { CliContext } from './cli-context.ts';
import { CliError, EarlyExit } from './cli-error.ts';
import { exitCodes } from './exit-code.ts';
import { failureJson, failureLines, failureOf } from './output/failure.ts';
import { createPaint } from './output/paint.ts';
import { writeJson, writeLines } from './output/write.ts';
import { createProgram } from './program.ts';

/** Runs one command line and resolves with the exit code; every error has been told by then. */
export async function runCli(args: readonly string[], context: CliContext, version: string): Promise<number> {
  let usage = '';
  const program = createProgram(context, version, (text) => {
    usage += text;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCodes.done;
  } catch (error) {
    if (error instanceof EarlyExit) return error.exitCode;
    if (!(error instanceof CommanderError)) return tell(error, args, context);
    // Help and version, on demand.
    if (error.exitCode === 0) return exitCodes.done;
    return tellUsage(usage, args, context);
  }
}

function tell(error: unknown, args: readonly string[], context: CliContext): number {
  const failure = failureOf(error);
  if (wantsJson(args)) writeJson(context.stderr, failureJson(failure));
  else writeLines(context.stderr, failureLines(error, createPaint(context.stderr, context.env)));
  return failure.exitCode;
}

/** Commander has written the text; without a command it is the whole help. */
function tellUsage(usage: string, args: readonly string[], context: CliContext): number {
  if (usage.startsWith('Usage:')) {
    context.stderr.write(usage);
    return exitCodes.usage;
  }
  const [message = '', ...more] = usage
    .replace(/^error: /, '')
    .trim()
    .split('\n');
  const hint = args[0] && !args[0].startsWith('-') ? `\`sonde ${args[0]} --help\`` : '`sonde --help`';
  const known = message.startsWith('unknown command') ? '`sonde --help`' : hint;
  const next = [...more.filter((line) => line !== ''), `see ${known}`];
  return tell(new CliError({ code: 'cli.usage', exitCode: exitCodes.usage, message, next }), args, context);
}

/** Asked of the words, since an error may come before they are understood. What follows `run` is for its program. */
function wantsJson(args: readonly string[]): boolean {
  const [command] = args;
  const end =
    command === 'run' ? args.findIndex((arg, index) => index > 0 && !arg.startsWith('-')) : args.indexOf('--');
  return args.slice(0, end < 0 ? args.length : end).includes('--json');
}
