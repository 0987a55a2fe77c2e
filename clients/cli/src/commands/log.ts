import type { Location, LogLevel } from '@sonde/protocol';
import type { Command } from 'commander';
import { parsePlace } from '../arguments/place.ts';
import type { CliContext } from '../cli-context.ts';
import { addExamples } from './add-examples.ts';
import { type PlaceOptions, placeProbe } from './place-probe.ts';
import { addConditionOption, addPlacingOptions, levelOption } from './probe-options.ts';
import { addServerOptions } from './server-options.ts';

interface LogOptions extends PlaceOptions {
  readonly if?: string;
  readonly level: LogLevel;
}

export function addLogCommand(program: Command, context: CliContext): void {
  const command = program
    .command('log')
    .argument('<place>', 'FILE:LINE or FILE:LINE:COLUMN', parsePlace)
    .argument('<template>', 'text with {expression}; {{ and }} stand for braces')
    .description('log a line of text each time a line runs')
    .addOption(levelOption())
    .option('--follow', 'show the lines as they come, until Ctrl-C');
  addExamples(addServerOptions(addPlacingOptions(addConditionOption(command))), [
    ["sonde log src/orders.ts:42 'order {order.id}: {order.getStatus()}' --follow", 'show every order as it passes'],
    ["sonde log src/orders.ts:42 'retry {n}' --if 'n > 2' --level warn --expires 10m", 'for ten minutes, retries'],
  ]).action(async (location: Location, template: string, options: LogOptions) => {
    const condition = options.if === undefined ? {} : { condition: options.if };
    await placeProbe(context, { kind: 'log', location, ...condition, template, level: options.level }, options);
  });
}
