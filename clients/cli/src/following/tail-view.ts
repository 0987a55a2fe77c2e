import type { StreamMessage } from '@sonde/api-client';
import type { ProbeRecord, TailMessage } from '@sonde/protocol';
import type { CliContext } from '../cli-context.ts';
import { viewFor } from '../output/view.ts';
import { counted } from '../output/wording.ts';
import { writeJson, writeLines } from '../output/write.ts';
import { eventLine } from '../screens/event-line.ts';
import { placeText } from '../screens/place-text.ts';
import type { PlaceFinder } from './place-finder.ts';

type ShowMessage = (message: StreamMessage<TailMessage>) => Promise<void> | void;

/** The server's messages as they come; the connection's are told on stderr. */
export function jsonTail(context: CliContext): ShowMessage {
  return (message) => {
    const ours = message.kind === 'connected' || message.kind === 'disconnected';
    writeJson(ours ? context.stderr : context.stdout, message);
  };
}

/** A line for each event on stdout, and notes on what else happens on stderr. */
export function textTail(context: CliContext, places: PlaceFinder): ShowMessage {
  const view = viewFor(context, context.stdout);
  const { paint } = viewFor(context, context.stderr);
  const note = (text: string) => writeLines(context.stderr, [paint('gray', text)]);
  const stateOf = stateChanges();
  let lost = false;
  return async (message) => {
    switch (message.kind) {
      case 'connected':
        note(lost ? 'connected again' : 'waiting for events; Ctrl-C ends');
        lost = false;
        return;
      case 'disconnected':
        if (!lost) note(`connection lost (${message.reason}); trying again`);
        lost = true;
        return;
      case 'event': {
        const place = await places.placeOf(message.event.event.probeId);
        writeLines(context.stdout, [eventLine(message.event, place, view)]);
        return;
      }
      case 'probe': {
        places.learn(message.record);
        const change = stateOf(message.record);
        if (change) note(change);
        return;
      }
      case 'gap':
        note(`${counted(message.missed, 'event')} left out here, too many to show; \`sonde show\` has them`);
    }
  };
}

/** Counters change all the time; only a change of state is worth a line. */
function stateChanges(): (record: ProbeRecord) => string | undefined {
  const states = new Map<string, string>();
  return ({ probe, state }) => {
    const earlier = states.get(probe.id);
    states.set(probe.id, state);
    if (earlier === state || (earlier === undefined && state === 'active')) return undefined;
    return `probe ${probe.id} at ${placeText(probe.location)} is ${state}`;
  };
}
