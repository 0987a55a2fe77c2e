import { expect, it } from 'vitest';
import { matchesSelector, selector } from './selector.ts';

const carried = { service: 'gateway', region: 'eu-west' };

it('matches every agent when it is empty', () => {
  expect(matchesSelector({}, carried)).toBe(true);
  expect(matchesSelector({}, {})).toBe(true);
});

it('matches an agent that carries each tag with just that value', () => {
  expect(matchesSelector({ service: 'gateway' }, carried)).toBe(true);
  expect(matchesSelector({ region: 'eu-west', service: 'gateway' }, carried)).toBe(true);
});

it.each([
  ['another value', { service: 'payments' }],
  ['a part of the value', { service: 'gate' }],
  ['another case', { service: 'Gateway' }],
  ['an empty value', { service: '' }],
  ['a tag that is not carried', { zone: 'a' }],
  ['one of two tags wrong', { service: 'gateway', region: 'us-east' }],
])('does not match by %s', (_what, wanted) => {
  expect(matchesSelector(wanted, carried)).toBe(false);
});

it('does not take what every object inherits for a tag', () => {
  const wanted = selector.decode(JSON.parse('{"__proto__":"x"}'));
  expect(matchesSelector(wanted, carried)).toBe(false);
  expect(matchesSelector({ region: 'eu-west' }, Object.create(carried))).toBe(false);
  expect(matchesSelector(wanted, selector.decode(JSON.parse('{"__proto__":"x"}')))).toBe(true);
});
