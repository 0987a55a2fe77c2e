import { type ProbeKind, probeKinds } from '@sonde/protocol';
import { type Command, Option } from 'commander';
import type { CliContext } from '../cli-context.ts';
import { createPlaceFinder } from '../following/place-finder.ts';
import { jsonTail, textTail } from '../following/tail-view.ts';
import { addExamples } from './add-examples.ts';
import { addServerOptions, type CommonOptions, connect } from './server-options.ts';

interface TailOptions extends CommonOptions {
  readonly probe?: string;
  readonly kind?: ProbeKind;
}

export function addTailCommand(program: Command, context: CliContext): void {
  const command = program
    .command('tail')
    .description('show log lines and snapshots as they arrive, until Ctrl-C')
    .option('--probe <id>', 'only of this probe')
    .addOption(new Option('--kind <kind>', 'only of this kind').choices(probeKinds));
  addExamples(addServerOptions(command), [
    ['sonde tail', 'everything that arrives'],
    ['sonde tail --kind log --json', 'log lines as one JSON object a line'],
  ]).action(async (options: TailOptions) => {
    const client = connect(context, options);
    const query = { ...(options.probe && { probe: options.probe }), ...(options.kind && { kind: options.kind }) };
    const show = options.json ? jsonTail(context) : textTail(context, createPlaceFinder(client));
    for await (const message of client.tail({ query, signal: context.interruption() })) await show(message);
  });
}
