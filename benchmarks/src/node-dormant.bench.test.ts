import { expect, it } from 'vitest';
import { nodeDormant } from './node-dormant.bench.ts';

it.each([
  [20, 20],
  [22, 17],
])('refuses Node %i.%i, which cannot run the shop', (major, minor) => {
  expect(nodeDormant.refusal?.({ major, minor })).toContain('needs Node 24');
});

it.each([
  [22, 18],
  [24, 15],
  [26, 1],
])('takes Node %i.%i', (major, minor) => {
  expect(nodeDormant.refusal?.({ major, minor })).toBeUndefined();
});
