import type { Location, ProbeDraft } from '@sonde/protocol/agent';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { supportedMajors } from '../../src/node-runtimes.ts';
import { probeLine } from '../../src/probe-marker.ts';
import { field, local, watched } from '../behaviours/captured.ts';
import type { Scene } from '../scene.ts';
import { type AgentBuild, buildAgent } from './agent-build.ts';
import { closeScene, openModulesScene } from './modules-scene.ts';
import { testTargets } from './start-node-target.ts';

let agent: AgentBuild;

beforeAll(async () => {
  agent = await buildAgent();
});
afterAll(() => agent.remove());

interface Traces {
  readonly active: readonly string[];
  readonly url: string | null;
}

describe.each(supportedMajors())('where no guard can stand, on Node %i', (major) => {
  let scene: Scene;
  const dependency = 'node_modules/dependency-of-the-target/index.js';
  const inDependency = (mark: string): Location => ({
    file: dependency,
    line: probeLine(`${testTargets}dependency/index.js`, mark),
  });

  beforeAll(async () => {
    scene = await openModulesScene(major, agent);
  });
  afterEach(() => scene.remove());
  afterAll(async () => {
    const { end, violations } = await closeScene(scene);
    expect(end).toMatchObject({ code: 0, signal: null, stderr: '' });
    expect(violations).toEqual([]);
  });

  const snapshotAt = (location: Location, watches: readonly string[] = [], condition?: string): ProbeDraft => ({
    kind: 'snapshot',
    location,
    watches,
    ...(condition !== undefined && { condition }),
  });

  it('a probe in a dependency is a breakpoint, says so before it is placed, and sees what a guard would', async () => {
    const draft = snapshotAt(inDependency('dependency'), ['amount * 2', 'amount.toFixed(digits)']);
    const { outcome, bindings, note, costNs = 0 } = await scene.explain(draft);
    expect([outcome, bindings[0]?.mechanism]).toEqual(['bound', 'breakpoint']);
    expect(note).toBeTruthy();
    expect(costNs).toBeGreaterThan(10_000);
    const probe = await scene.place(draft);
    expect(await scene.target.call('roundMoney', 1.239, 'EUR')).toBe(1.24);
    const snapshot = await scene.oneSnapshot(probe);
    expect(local(snapshot, 'rounded').text).toBe('1.24');
    expect(local(snapshot, 'currency').text).toBe('EUR');
    expect(watched(snapshot, 0).text).toBe('2.478');
    expect(snapshot.stack[0]).toMatchObject({ function: 'roundMoney', line: inDependency('dependency').line });
    const { bindings: bound } = await scene.status(probe, 'emitting');
    expect(bound[0]?.mechanism).toBe('breakpoint');
  });

  it('a condition and the counters are the same there', async () => {
    const location = inDependency('dependency');
    const log = { kind: 'log', location, template: '{rounded} {currency}', level: 'info' } as const;
    const probe = await scene.place({ ...log, condition: "currency === 'JPY'" });
    for (const currency of ['EUR', 'JPY', 'EUR']) await scene.target.call('roundMoney', 2.6, currency);
    await scene.arrived(probe, 1);
    expect(scene.messages(probe)).toEqual(['3 JPY']);
    const { counters } = await scene.report(probe, (report) => report.counters.reached === 3);
    expect(counters).toMatchObject({ conditionFalse: 2, captured: 1, failed: 0 });
  });

  it('several of them stand at once, and each goes by itself', async () => {
    const first = await scene.place(snapshotAt(inDependency('dependency')));
    const second = await scene.place({ ...snapshotAt(inDependency('dependency')), condition: 'digits === 0' });
    // The line holds a declaration that ran once, and a function's body: the column tells which is meant.
    const column = 'export const half = (amount) => a'.length;
    const third = await scene.place(snapshotAt({ ...scene.target.at('one-line', 'one-liners'), column }, ['amount']));
    await scene.target.call('roundMoney', 2.6, 'JPY');
    expect(await scene.target.call('half', 8)).toBe(4);
    for (const probe of [first, second, third]) await scene.arrived(probe, 1);
    expect(watched(await scene.oneSnapshot(third), 0).text).toBe('8');
    await scene.remove(first);
    await scene.target.call('roundMoney', 2.6, 'JPY');
    await scene.arrived(second, 2);
    expect(scene.snapshots(first).length).toBe(1);
  });

  it('a name that only V8 can read makes a breakpoint of a probe on a guarded line', async () => {
    const location = scene.target.at('closure', 'one-liners');
    expect((await scene.server.ask(location)).bindings[0]?.mechanism).toBe('guard');
    const draft = snapshotAt(location, ['limit', 'amount']);
    const { bindings, note } = await scene.explain(draft);
    expect(bindings[0]?.mechanism).toBe('breakpoint');
    expect(note).toContain('limit');
    const probe = await scene.place(draft);
    expect(await scene.target.call('closures', 9)).toEqual([false, 3]);
    const snapshot = await scene.oneSnapshot(probe);
    expect([watched(snapshot, 0).text, watched(snapshot, 1).text]).toEqual(['9', '2']);
  });

  it('a name that not even V8 can read is told to have no value, in every kind of expression', async () => {
    const location = scene.target.at('closure', 'one-liners');
    const snapshot = await scene.place(snapshotAt(location, ['unused', 'amount']));
    const log = await scene.place({ kind: 'log', location, template: 'is {unused} at {amount}', level: 'info' });
    const never = await scene.place(snapshotAt(location, [], 'unused === 3'));
    await scene.target.call('closures', 9, 3);
    const { watches } = await scene.oneSnapshot(snapshot);
    expect(watches[0]).toMatchObject({ problem: { code: 'expression.threw' } });
    expect(watches[0]?.value).toBe(undefined);
    expect(watches[1]?.value?.text).toBe('2');
    await scene.arrived(log, 1);
    expect(scene.messages(log)[0]).toMatch(/^is \[.*unused.*\] at 2$/);
    const { counters, problem } = await scene.report(never, (report) => report.counters.reached === 1);
    expect([counters.failed, counters.conditionFalse, problem?.code]).toEqual([1, 0, 'expression.threw']);
  });

  it('an expression is judged there as it is on a guard', async () => {
    const location = inDependency('dependency');
    const codes = async (watch: string) =>
      (await scene.explain(snapshotAt(location, [watch]))).problems.map(({ code }) => code);
    expect(await codes('amount = 2')).toEqual(['expression.refused']);
    expect(await codes('amount.password')).toEqual(['expression.redacted']);
    expect(await codes('amount >')).toEqual(['expression.syntax']);
  });

  it('a debugger statement of the application does not stop it while breakpoints stand', async () => {
    const probe = await scene.place(snapshotAt(inDependency('dependency')));
    expect(await scene.target.call('stopHere', 20)).toBe(20);
    await scene.target.call('roundMoney', 1, 'EUR');
    await scene.arrived(probe, 1);
    expect(await scene.target.call('stopHere', 20)).toBe(20);
  });

  it('nothing is left of probes of either kind once they are gone', async () => {
    const traces = async () => (await scene.target.call('traces')) as Traces;
    const guard = await scene.snapshot('gross', { watches: ['order.getId()'] });
    const breakpoint = await scene.place(snapshotAt(inDependency('dependency')));
    await scene.target.call('checkout', 'o-1', 1);
    await scene.target.call('roundMoney', 1, 'EUR');
    await scene.oneSnapshot(guard);
    await scene.oneSnapshot(breakpoint);
    // The search finds: under probes there is a hook in a cell, and one for breakpoints.
    expect((await traces()).active.length).toBeGreaterThanOrEqual(2);
    await scene.remove();
    const { active, url } = await traces();
    // The sandbox stays open: a session without a debugger, under a name that no listing shows.
    expect(active.filter((name) => name !== '__sonde_sandbox')).toEqual([]);
    expect(url).toBe(null);
  });

  it('a probe of either kind sees a redacted local masked', async () => {
    const probe = await scene.place(snapshotAt(scene.target.at('gross'), ['order.total', 'account']));
    await scene.target.call('checkout', 'o-1', 20, 'hush');
    expect(field(watched(await scene.oneSnapshot(probe), 1), 'password').missing).toBe('redacted');
  });
});
