import { defaultCaptureLimits, type Location, type Probe, type ProbeReport } from '@sonde/protocol/agent';
import { beforeEach, expect, it, vi } from 'vitest';
import type { RegisteredModule } from '../source/module-registry.ts';
import { Governor } from './governor.ts';
import { ProbeRegistry } from './probe-registry.ts';
import type { ProbeTarget, Targeting } from './probe-target.ts';

let nowMs: number;
let timers: { call: () => void; atMs: number }[];
let reports: ProbeReport[];
let targeting: (location: Location) => Targeting;
let standing: Set<string>;
let registry: ProbeRegistry;

const target: ProbeTarget = {
  binding: { file: 'a.js', line: 3, column: 1, mechanism: 'guard' },
  stand: { kind: 'guard', cell: 'c', site: 0, breakpoint: { kind: 'breakpoint', url: 'a.js', line: 3, column: 1 } },
  values: [],
  isOutOfReach: () => false,
};

function probe(id: string, version = 1, expiresAtMs = 60_000): Probe {
  const limits = { maxHits: 1, maxHitsPerSecond: 1, capture: defaultCaptureLimits };
  return { kind: 'snapshot', id, version, location: { file: 'a.js', line: 3 }, limits, expiresAtMs, watches: [] };
}

function advance(toMs: number) {
  nowMs = toMs;
  const due = timers.filter(({ atMs }) => atMs <= nowMs);
  timers = timers.filter(({ atMs }) => atMs > nowMs);
  for (const { call } of due) call();
}

beforeEach(() => {
  nowMs = 0;
  timers = [];
  reports = [];
  standing = new Set();
  targeting = () => ({ kind: 'bound', targets: [target] });
  registry = new ProbeRegistry({
    find: (location) => targeting(location),
    concerns: ({ path }, { file }) => path.endsWith(file),
    prepare: (placed, targets) => ({
      kind: 'ready',
      targets,
      stand: () => {
        const name = `${placed.probe.id}@${placed.probe.version}`;
        standing.add(name);
        return [() => standing.delete(name)];
      },
    }),
    governor: new Governor({ now: () => nowMs, cpuShare: 1, later: () => {} }),
    wallClockMs: () => nowMs,
    later: (call, delayMs) => {
      const timer = { call, atMs: nowMs + delayMs };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    report: (some) => reports.push(...some),
  });
});

it('has just the probes of the last desired set', () => {
  registry.reconcile([probe('p_1'), probe('p_2')]);
  registry.reconcile([probe('p_2'), probe('p_3')]);
  expect([...standing]).toEqual(['p_2@1', 'p_3@1']);
});

it('replaces a probe by its newer version and leaves an unchanged one alone', () => {
  registry.reconcile([probe('p_1'), probe('p_2')]);
  reports = [];
  registry.reconcile([probe('p_1', 2), probe('p_2')]);
  expect([...standing]).toEqual(['p_2@1', 'p_1@2']);
  expect(reports.map(({ probeId, probeVersion, status }) => [probeId, probeVersion, status])).toEqual([
    ['p_1', 1, 'removed'],
    ['p_1', 2, 'installed'],
  ]);
});

it('takes a probe off at its end by its own clock', () => {
  registry.reconcile([probe('p_1', 1, 5_000)]);
  advance(4_999);
  expect(standing.size).toBe(1);
  advance(5_000);
  expect(standing.size).toBe(0);
  expect(reports.at(-1)).toMatchObject({ probeId: 'p_1', status: 'removed' });
});

it('does not install a probe that has already expired', () => {
  advance(10_000);
  registry.reconcile([probe('p_1', 1, 9_999)]);
  expect(standing.size).toBe(0);
});

it('waits for a file that is not loaded, and stands there as soon as it is', () => {
  targeting = () => ({ kind: 'pending', file: '/app/a.js' });
  registry.reconcile([probe('p_1')]);
  expect(reports.at(-1)).toMatchObject({ status: 'pending' });
  targeting = () => ({ kind: 'bound', targets: [target] });
  registry.moduleAdded({ path: '/app/b.js', own: true } as RegisteredModule);
  expect(standing.size).toBe(0);
  registry.moduleAdded({ path: '/app/a.js', own: true } as RegisteredModule);
  expect(standing.size).toBe(1);
});

it('says why a probe cannot stand', () => {
  targeting = () => ({
    kind: 'refused',
    problem: { code: 'location.no-code', message: 'no code', nearestLines: [2, 5] },
  });
  registry.reconcile([probe('p_1')]);
  expect(reports).toMatchObject([{ status: 'error', problem: { code: 'location.no-code', nearestLines: [2, 5] } }]);
});

it('goes on with the other probes when one cannot be dealt with', () => {
  targeting = (location) => {
    if (location.file === 'bad.js') throw new Error('no such thing');
    return { kind: 'bound', targets: [target] };
  };
  registry.reconcile([{ ...probe('p_1'), location: { file: 'bad.js', line: 1 } }, probe('p_2')]);
  expect([...standing]).toEqual(['p_2@1']);
  expect(reports).toMatchObject([
    { probeId: 'p_1', status: 'error', problem: { code: 'agent.fault' } },
    { probeId: 'p_2', status: 'installed' },
  ]);
});

it('puts every probe on its line anew, and keeps what it has counted', () => {
  const places: string[] = [];
  targeting = ({ file }) => {
    places.push(file);
    return { kind: 'bound', targets: [target] };
  };
  registry.reconcile([probe('p_1')]);
  registry.reinstall();
  expect(places).toEqual(['a.js', 'a.js']);
  expect(standing.size).toBe(1);
  expect(reports.map(({ status }) => status)).toEqual(['installed']);
});

it('reports a probe again only when there is something new to say', () => {
  registry.reconcile([probe('p_1')]);
  const report = vi.spyOn(reports, 'push');
  registry.reportChanges();
  expect(report).not.toHaveBeenCalled();
});

it('leaves nothing standing when it is detached', () => {
  registry.reconcile([probe('p_1'), probe('p_2')]);
  registry.detach();
  expect(standing.size).toBe(0);
  expect(timers).toEqual([]);
});
