import type { ProbeState, ProbeStatus } from '@sonde/protocol';
import type { Paint } from '../output/paint.ts';

const colours: { readonly [word in ProbeState | ProbeStatus]: Parameters<Paint>[0] } = {
  active: 'green',
  completed: 'cyan',
  expired: 'gray',
  deleted: 'gray',
  pending: 'yellow',
  installed: 'green',
  emitting: 'green',
  throttled: 'yellow',
  error: 'red',
  removed: 'gray',
};

export function stateText(word: ProbeState | ProbeStatus, paint: Paint): string {
  return paint(colours[word], word);
}
