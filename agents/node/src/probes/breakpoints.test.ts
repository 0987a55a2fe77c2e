import { expect, it } from 'vitest';
import type { BreakpointRequest } from '../delivery/channel.ts';
import { type BreakpointOutcome, Breakpoints } from './breakpoints.ts';

const program = { site: 0, statements: () => '', constants: {}, shared: new Map() };
const place = { url: 'file:///app/orders.js', line: 7 };

function install() {
  const global: Record<string, unknown> = {};
  let requests: readonly BreakpointRequest[] = [];
  const outcomes: BreakpointOutcome[] = [];
  const breakpoints = new Breakpoints(global, (wanted) => {
    requests = wanted;
  });
  const remove = breakpoints.install(place, ['order'], program, (outcome) => outcomes.push(outcome));
  return { global, breakpoints, remove, outcomes, requests: () => requests, key: requests[0]?.key ?? '' };
}

it('tells where V8 has set a breakpoint: on its line, or on a later one', () => {
  const { breakpoints, outcomes, key } = install();
  breakpoints.reported({ kind: 'breakpoint-set', key, line: 7, column: 3 });
  breakpoints.reported({ kind: 'breakpoint-set', key, line: 9, column: 1 });
  breakpoints.reported({ kind: 'breakpoint-failed', key, message: 'no script' });
  expect(outcomes).toEqual([{ kind: 'stands' }, { kind: 'moved', line: 9 }, { kind: 'failed', message: 'no script' }]);
});

it('leaves nothing behind, and hears nothing more, once the last has gone', () => {
  const { global, breakpoints, remove, outcomes, requests, key } = install();
  expect(Object.getOwnPropertyNames(global).filter((name) => global[name] !== undefined).length).toBe(1);
  remove();
  breakpoints.reported({ kind: 'breakpoint-set', key, line: 7, column: 3 });
  expect(outcomes).toEqual([]);
  expect(requests()).toEqual([]);
  expect(Object.getOwnPropertyNames(global).filter((name) => global[name] !== undefined)).toEqual([]);
});
