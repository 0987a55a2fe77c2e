import type { LogLevel, StoredEvent } from '@sonde/protocol';
import type { Paint } from '../output/paint.ts';
import { printable } from '../output/printable.ts';
import type { View } from '../output/view.ts';
import { timeOfDay } from '../output/wording.ts';
import { framePlace } from './stack.ts';
import { valueSummary } from './value-summary.ts';

const levelColours: { readonly [level in LogLevel]: Parameters<Paint>[0] } = {
  debug: 'gray',
  info: 'blue',
  warn: 'yellow',
  error: 'red',
};

const maxLocals = 4;

/** One event on one line, for a stream of them. `place` is where its probe stands. */
export function eventLine({ id, service, event }: StoredEvent, place: string, view: View): string {
  const { paint } = view;
  const time = paint('gray', timeOfDay(Number(BigInt(event.timeNs) / 1_000_000n), view.timeZone));
  const name = paint('bold', printable(service));
  if (event.kind === 'log') {
    const level = paint(levelColours[event.level], event.level.toUpperCase().padEnd(5));
    return `${time} ${level} ${name} ${paint('gray', place)} ${printable(event.message)}`;
  }
  const [top] = event.stack;
  const locals = event.locals.slice(0, maxLocals);
  const values = locals.map((local) => `${printable(local.name)}=${valueSummary(local.value, paint)}`).join(' ');
  return `${time} ${paint('green', 'SNAP ')} ${name} ${paint('gray', top ? framePlace(top) : place)} ${values} ${paint('gray', `(sonde show ${id})`)}`;
}
