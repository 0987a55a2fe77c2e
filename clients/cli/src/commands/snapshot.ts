import type { Location } from '@sonde/protocol';
import type { Command } from 'commander';
import { parsePlace } from '../arguments/place.ts';
import type { CliContext } from '../cli-context.ts';
import { addExamples } from './add-examples.ts';
import { type PlaceOptions, placeProbe } from './place-probe.ts';
import { addCaptureOptions, addConditionOption, addPlacingOptions, addWatchOption } from './probe-options.ts';
import { addServerOptions } from './server-options.ts';

interface SnapshotOptions extends PlaceOptions {
  readonly if?: string;
  readonly watch?: readonly string[];
}

export function addSnapshotCommand(program: Command, context: CliContext): void {
  const command = program
    .command('snapshot')
    .argument('<place>', 'FILE:LINE or FILE:LINE:COLUMN', parsePlace)
    .description('capture the variables and the stack when a line runs');
  addPlacingOptions(addWatchOption(addConditionOption(command)));
  addExamples(addServerOptions(addCaptureOptions(command)), [
    ['sonde snapshot src/orders.ts:42 --wait', 'the next time line 42 runs'],
    [
      "sonde snapshot src/orders.ts:42 --if 'order.total > 1000' --watch order.items.length --wait",
      'the next large order, and how many items it has',
    ],
    [
      'sonde snapshot src/orders.ts:42 --on env=prod --hits 5 --expires 2h',
      'five of them, in production, within 2 hours',
    ],
  ]).action(async (location: Location, options: SnapshotOptions) => {
    const condition = options.if === undefined ? {} : { condition: options.if };
    await placeProbe(context, { kind: 'snapshot', location, ...condition, watches: options.watch ?? [] }, options);
  });
}
