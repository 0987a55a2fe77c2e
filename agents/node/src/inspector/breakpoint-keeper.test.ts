import { expect, it } from 'vitest';
import type { BreakpointReport, BreakpointRequest } from '../delivery/channel.ts';
import { BreakpointKeeper } from './breakpoint-keeper.ts';
import type { ConnectDebugger, DebuggerListener } from './debugger-connection.ts';

const request = (key: string, line = 10, condition = 'false'): BreakpointRequest => ({
  key,
  url: 'file:///app/orders.js',
  line,
  condition,
});

/** V8's side: line 10 (from 0: 9) of a loaded script has code, other lines have none. */
function setup(options: { readonly refuses?: string; readonly loaded?: boolean } = {}) {
  const calls: string[] = [];
  const reports: BreakpointReport[] = [];
  const inspecting: boolean[] = [];
  const listeners: DebuggerListener[] = [];
  const connect: ConnectDebugger = async (listener) => {
    listeners.push(listener);
    return {
      async enable() {
        calls.push('enable');
        if (options.refuses) throw new Error(options.refuses);
        if (options.loaded !== false) listener.onScript('file:///app/orders.js');
      },
      async setBreakpoint({ lineNumber, columnNumber, condition }) {
        calls.push(`set ${lineNumber}:${columnNumber ?? ''} ${condition}`);
        const hasCode = lineNumber === 9 && options.loaded !== false;
        return { breakpointId: `id-${lineNumber}`, locations: hasCode ? [{ lineNumber, columnNumber: 4 }] : [] };
      },
      removeBreakpoint: (breakpointId) => calls.push(`remove ${breakpointId}`),
      disconnect: () => calls.push('disconnect'),
    };
  };
  const keeper = new BreakpointKeeper({
    connect,
    onReport: (report) => reports.push(report),
    onInspecting: (value) => inspecting.push(value),
  });
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  return { keeper, calls, reports, inspecting, listeners, settle, connect };
}

it('opens a session for the first breakpoint and closes it after the last', async () => {
  const { keeper, calls, reports, inspecting, settle } = setup();
  keeper.set([request('a')]);
  await settle();
  keeper.set([]);
  await settle();
  expect(calls).toEqual(['enable', 'set 9: false', 'disconnect']);
  expect(reports).toEqual([{ kind: 'breakpoint-set', key: 'a', line: 10, column: 5 }]);
  expect(inspecting).toEqual([true, false]);
});

it('changes only what differs', async () => {
  const { keeper, calls, settle } = setup();
  keeper.set([request('a', 10), request('b', 20)]);
  await settle();
  calls.length = 0;
  keeper.set([request('a', 10), request('b', 20, 'true'), request('c', 30)]);
  await settle();
  expect(calls).toEqual(['remove id-19', 'set 19: true', 'set 29: false']);
});

it('joins the conditions of one place, and reports for each', async () => {
  const { keeper, calls, reports, settle } = setup();
  keeper.set([request('a', 10, 'one() // first'), request('b', 10, 'two()')]);
  await settle();
  expect(calls[1]).toBe('set 9: (one() // first\n)||(two()\n)');
  expect(reports.map((report) => report.key)).toEqual(['a', 'b']);
});

it('applies the last of several lists', async () => {
  const { keeper, calls, settle } = setup();
  keeper.set([request('a')]);
  keeper.set([request('b', 20)]);
  keeper.set([request('c', 30)]);
  await settle();
  expect(calls.at(-1)).toBe('set 29: false');
});

it('fails a line without code in a script that is loaded, and waits for one that is not', async () => {
  const loaded = setup();
  loaded.keeper.set([request('a', 99)]);
  await loaded.settle();
  expect(loaded.reports).toEqual([{ kind: 'breakpoint-failed', key: 'a', message: 'no code at line 99 or behind it' }]);
  const later = setup({ loaded: false });
  later.keeper.set([request('a', 99)]);
  await later.settle();
  expect(later.reports).toEqual([]);
  later.listeners[0]?.onResolved('id-98', { lineNumber: 98, columnNumber: 0 });
  expect(later.reports).toEqual([{ kind: 'breakpoint-set', key: 'a', line: 99, column: 1 }]);
});

it('fails every breakpoint of a session that does not open, and tries anew for the next list', async () => {
  const options: { refuses?: string } = { refuses: 'no permission' };
  const { keeper, reports, inspecting, settle } = setup(options);
  keeper.set([request('a'), request('b', 20)]);
  await settle();
  expect(reports.map((report) => ({ ...report }))).toMatchObject([
    { kind: 'breakpoint-failed', key: 'a', message: 'no permission' },
    { kind: 'breakpoint-failed', key: 'b', message: 'no permission' },
  ]);
  expect(inspecting).toEqual([true, false]);
  delete options.refuses;
  keeper.set([request('a')]);
  await settle();
  expect(reports.at(-1)?.kind).toBe('breakpoint-set');
});

it('refuses where the thread cannot be reached', async () => {
  const reports: BreakpointReport[] = [];
  const keeper = new BreakpointKeeper({
    connect: undefined,
    onReport: (report) => reports.push(report),
    onInspecting: () => {},
  });
  keeper.set([request('a')]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(reports).toMatchObject([{ kind: 'breakpoint-failed', message: expect.stringContaining('main thread') }]);
});

it('closes at once, even while it is opening, and stays closed', async () => {
  const { keeper, calls, inspecting, reports, settle } = setup();
  keeper.set([request('a')]);
  keeper.close();
  keeper.set([request('b')]);
  await settle();
  expect(calls).toEqual(['disconnect']);
  expect(inspecting).toEqual([]);
  expect(reports).toEqual([]);
});
