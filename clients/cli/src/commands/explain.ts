import type { Location, ProbeDraft, Tags } from '@sonde/protocol';
import type { Command } from 'commander';
import { parsePlace } from '../arguments/place.ts';
import type { CliContext } from '../cli-context.ts';
import { EarlyExit } from '../cli-error.ts';
import { exitCodes } from '../exit-code.ts';
import { localSource } from '../finding/local-source.ts';
import { viewFor } from '../output/view.ts';
import { writeJson, writeLines } from '../output/write.ts';
import { explainScreen } from '../screens/explain-screen.ts';
import { addExamples } from './add-examples.ts';
import { addConditionOption, addSelectorOption, addWatchOption } from './probe-options.ts';
import { addServerOptions, type CommonOptions, connect } from './server-options.ts';
import { withDraft } from './with-draft.ts';

interface ExplainOptions extends CommonOptions {
  readonly if?: string;
  readonly watch?: readonly string[];
  readonly log?: string;
  readonly on?: Tags;
}

export function addExplainCommand(program: Command, context: CliContext): void {
  const command = program
    .command('explain')
    .argument('<place>', 'FILE:LINE or FILE:LINE:COLUMN', parsePlace)
    .description('tell what would become of a probe at that place, without placing it');
  addWatchOption(addConditionOption(command)).option('--log <template>', 'judge a log template, not a snapshot');
  addExamples(addServerOptions(addSelectorOption(command)), [
    ['sonde explain src/orders.ts:42', 'where it would stand, at what cost, which names it could read'],
    ["sonde explain src/orders.ts:42 --if 'order.total > 1000'", 'the same with a condition'],
  ]).action(async (location: Location, options: ExplainOptions) => {
    const draft = draftOf(location, options);
    const response = await withDraft(context, draft, () =>
      connect(context, options).explain({ body: { location, draft, ...(options.on && { selector: options.on }) } }),
    );
    const sourceLines = localSource(context.cwd, location.file);
    if (options.json) writeJson(context.stdout, response);
    else
      writeLines(
        context.stdout,
        explainScreen({ location, draft, response, sourceLines }, viewFor(context, context.stdout)),
      );
    const { explanations } = response;
    const refusedByAll = explanations.length > 0 && explanations.every((one) => one.explanation.outcome === 'refused');
    if (refusedByAll) throw new EarlyExit(exitCodes.failed);
  });
}

function draftOf(location: Location, options: ExplainOptions): ProbeDraft {
  const condition = options.if === undefined ? {} : { condition: options.if };
  if (options.log !== undefined) return { kind: 'log', location, ...condition, template: options.log, level: 'info' };
  return { kind: 'snapshot', location, ...condition, watches: options.watch ?? [] };
}
