import { defaultCaptureLimits } from '@sonde/protocol/agent';
import { expect, it } from 'vitest';
import { decodeCommand } from './command-decoder.ts';

const probe = {
  kind: 'log',
  id: 'p_00000001',
  version: 1,
  location: { file: 'src/orders.ts', line: 12 },
  limits: { maxHits: 10, maxHitsPerSecond: 10, capture: defaultCaptureLimits },
  expiresAtMs: 1,
  template: 'paid',
  level: 'info',
};
const decode = (message: unknown) => decodeCommand(JSON.stringify(message));

it('reads what it knows and drops fields it does not', () => {
  expect(decode({ kind: 'detach', because: 'later' })).toEqual({ kind: 'command', command: { kind: 'detach' } });
});

it('ignores a kind of the future, one named like a property of every object too', () => {
  expect(decode({ kind: 'later' })).toEqual({ kind: 'ignored' });
  expect(decode({ kind: 'toString' })).toEqual({ kind: 'ignored' });
});

it('keeps the probes it knows when one is of a kind of the future', () => {
  const decoded = decode({ kind: 'probes', revision: 1, probes: [probe, { kind: 'future', id: 'p_00000002' }] });
  expect(decoded).toMatchObject({ kind: 'command', command: { probes: [probe] } });
  expect(decoded).toHaveProperty('problem');
});

it.each([
  ['no JSON', '{'],
  ['no object', '7'],
  ['no kind', '{}'],
  ['a probe without an id', JSON.stringify({ kind: 'probes', revision: 1, probes: [{ ...probe, id: undefined }] })],
])('calls %s malformed', (_, text) => {
  expect(decodeCommand(text)).toMatchObject({ kind: 'malformed' });
});
