import type { Command } from 'commander';

/** Puts examples under a command's help: each a call and what it does. */
export function addExamples(
  command: Command,
  examples: readonly (readonly [call: string, meaning: string])[],
): Command {
  const lines = examples.flatMap(([call, meaning]) => [`  # ${meaning}`, `  $ ${call}`]);
  return command.addHelpText('after', `\nExamples:\n${lines.join('\n')}`);
}
