import type { ApiClient } from '@sonde/api-client';
import { eventId, probeId, type StoredEvent } from '@sonde/protocol';
import type { Command } from 'commander';
import type { CliContext } from '../cli-context.ts';
import { CliError } from '../cli-error.ts';
import { exitCodes } from '../exit-code.ts';
import { connectedAgents } from '../finding/connected-agents.ts';
import { type View, viewFor } from '../output/view.ts';
import { writeJson, writeLines } from '../output/write.ts';
import { eventLine } from '../screens/event-line.ts';
import { placeText } from '../screens/place-text.ts';
import { probeScreen } from '../screens/probe-screen.ts';
import { snapshotScreen } from '../screens/snapshot-screen.ts';
import { addExamples } from './add-examples.ts';
import { addServerOptions, type CommonOptions, connect } from './server-options.ts';

const recentEvents = '20';

export function addShowCommand(program: Command, context: CliContext): void {
  const command = program
    .command('show')
    .argument('<id>', 'a probe (p_…) or an event (e_…)')
    .description('show a probe with what agents say of it and its latest events, or one event in full');
  addExamples(addServerOptions(command), [
    ['sonde show p_4kq2m9xa', 'a probe, its agents and its latest events'],
    ['sonde show e_0a1b2c3d', 'a snapshot with its variables and stack'],
  ]).action(async (id: string, options: CommonOptions) => {
    const client = connect(context, options);
    const view = viewFor(context, context.stdout);
    if (matches(probeId, id)) await showProbe(client, id, options, context, view);
    else if (matches(eventId, id)) await showEvent(client, id, options, context, view);
    else
      throw new CliError({
        code: 'cli.usage',
        exitCode: exitCodes.usage,
        message: `${JSON.stringify(id)} is not an id of a probe (p_…) or an event (e_…)`,
        next: ['see `sonde probes` and `sonde tail` for ids'],
      });
  });
}

async function showProbe(client: ApiClient, id: string, options: CommonOptions, context: CliContext, view: View) {
  const [record, page] = await Promise.all([
    client.getProbe({ params: { probeId: id } }),
    client.listEvents({ query: { probe: id, limit: recentEvents } }),
  ]);
  if (options.json) return writeJson(context.stdout, { record, events: page.events });
  const connected = await connectedAgents(client);
  const place = placeText(record.probe.location);
  const events = page.events.toReversed().map((stored) => `    ${eventLine(stored, place, view)}`);
  writeLines(context.stdout, [
    ...probeScreen(record, connected, view),
    ...(events.length > 0 ? ['', page.next ? '  Latest events' : '  Events', ...events] : []),
  ]);
}

async function showEvent(client: ApiClient, id: string, options: CommonOptions, context: CliContext, view: View) {
  const stored = await client.getEvent({ params: { eventId: id } });
  if (options.json) return writeJson(context.stdout, stored);
  writeLines(context.stdout, await eventScreen(client, stored, view));
}

async function eventScreen(client: ApiClient, stored: StoredEvent, view: View): Promise<readonly string[]> {
  if (stored.event.kind === 'snapshot') return snapshotScreen(stored, stored.event, view);
  const record = await client.getProbe({ params: { probeId: stored.event.probeId } });
  return [eventLine(stored, placeText(record.probe.location), view)];
}

function matches(schema: typeof probeId, id: string): boolean {
  return new RegExp(String(schema.json['pattern'])).test(id);
}
