import type { ProbeRecord } from '@sonde/protocol';
import type { Command } from 'commander';
import type { CliContext } from '../cli-context.ts';
import { CliError } from '../cli-error.ts';
import { exitCodes } from '../exit-code.ts';
import { counted } from '../output/wording.ts';
import { writeJson, writeLines } from '../output/write.ts';
import { placeText } from '../screens/place-text.ts';
import { addExamples } from './add-examples.ts';
import { addServerOptions, type CommonOptions, connect } from './server-options.ts';

interface RemoveOptions extends CommonOptions {
  readonly all?: true;
}

export function addRmCommand(program: Command, context: CliContext): void {
  const command = program
    .command('rm')
    .argument('[ids...]', 'probes (p_…)')
    .description('remove probes from every agent; their events stay')
    .option('--all', 'every active probe');
  addExamples(addServerOptions(command), [
    ['sonde rm p_4kq2m9xa', 'remove one probe'],
    ['sonde rm --all', 'remove every active probe'],
  ]).action(async (ids: readonly string[], options: RemoveOptions) => {
    if ((ids.length === 0) === !options.all)
      throw new CliError({
        code: 'cli.usage',
        exitCode: exitCodes.usage,
        message: 'say which probes to remove, or --all, not both',
        next: ['`sonde probes` lists them'],
      });
    const client = connect(context, options);
    const named = options.all ? await activeIds() : ids;
    const removed: ProbeRecord[] = [];
    for (const probeId of named) {
      const record = await client.deleteProbe({ params: { probeId } });
      removed.push(record);
      if (!options.json) writeLines(context.stdout, [removedLine(record)]);
    }
    if (options.json) writeJson(context.stdout, { probes: removed });
    else if (removed.length === 0) writeLines(context.stdout, ['No probe was active.']);

    async function activeIds(): Promise<readonly string[]> {
      const { probes } = await client.listProbes({ query: { state: 'active' } });
      return probes.map(({ probe }) => probe.id);
    }
  });
}

function removedLine({ probe, state, hits }: ProbeRecord): string {
  const what = `${probe.id} ${probe.kind} at ${placeText(probe.location)}`;
  const events = hits > 0 ? `; its ${counted(hits, 'event')} can still be shown` : '';
  return state === 'deleted' ? `removed ${what}${events}` : `${what} was ${state} already${events}`;
}
