import { setTimeout as pause } from 'node:timers/promises';
import type { Bench, BenchCase } from './bench.ts';
import { Arrivals } from './delivery/arrivals.ts';
import { type Creation, clockOffset, createProbe } from './delivery/creation.ts';
import { type Setting, startSetting } from './delivery/setting.ts';
import { prove } from './prove.ts';
import { quantile, quartiles } from './statistics.ts';

const defaultRounds = 10;
const endWithinMs = 10_000;

/** How long it takes from asking for a probe until it stands. */
export const delivery: Bench = {
  name: 'delivery',
  about: `From the moment POST /api/v1/probes is called until the probed line is hit for the first time, in a process that runs it
every millisecond: a real server with its store on disk, a real agent, each a process of its own, over loopback. It is the
strictest end there is: the probe was compiled in and has done its work; up to a millisecond of it is waiting for the line to
run. The time of the hit is the event's own, by the clock of the agent's process, whose distance from this process's clock is
measured before every round. evidence: until the event of that hit has arrived over the live tail, stored on disk.
Proven: each probe stands on a guard, sends one event with the right values, and is complete after that.`,
  async run({ node, rounds = defaultRounds, quick, progress }) {
    const creations = quick ? 10 : 50;
    const setting = await startSetting(node);
    const arrivals = new Arrivals();
    try {
      await arrivals.follow(setting.client);
      await oneRound(setting, arrivals, creations);
      const results: Creation[][] = [];
      for (let round = 0; round < (quick ? 1 : rounds); round++) {
        results.push(await oneRound(setting, arrivals, creations));
        progress(`round ${round + 1} of ${quick ? 1 : rounds}`);
      }
      await proveEnded(setting, arrivals, (results.length + 1) * creations);
      return [
        latency('p50', results, 0.5, ({ armedMs }) => armedMs, 50),
        latency('p99', results, 0.99, ({ armedMs }) => armedMs, 250),
        latency('evidence-p50', results, 0.5, ({ seenMs }) => seenMs),
        latency('evidence-p99', results, 0.99, ({ seenMs }) => seenMs),
      ];
    } finally {
      arrivals.stop();
      await setting.stop();
    }
  },
};

async function oneRound({ client, target, location }: Setting, arrivals: Arrivals, creations: number) {
  const offsetMs = await clockOffset(target, 20);
  const results: Creation[] = [];
  for (let index = 0; index < creations; index++) {
    results.push(await createProbe({ client, arrivals, location, offsetMs }));
    // Uneven, so that creations meet the agent's and the server's timers at every phase.
    await pause((index * 7) % 23);
  }
  return results;
}

/** Every probe has had its one hit, and nothing came twice. */
async function proveEnded({ client }: Setting, arrivals: Arrivals, count: number): Promise<void> {
  const endMs = performance.now() + endWithinMs;
  const active = async () => (await client.listProbes({ query: { state: 'active' } })).probes.length;
  while ((await active()) > 0 && performance.now() < endMs) await pause(20);
  const { probes } = await client.listProbes({ query: { state: 'completed' } });
  const single = probes.filter(({ hits }) => hits === 1).length;
  prove('probes that are complete with one hit, and events', [single, arrivals.count], [count, count]);
}

function latency(
  name: string,
  rounds: readonly (readonly Creation[])[],
  share: number,
  read: (creation: Creation) => number,
  mostMs?: number,
): BenchCase {
  const value = quantile(rounds.flat().map(read), share);
  const spread = quartiles(rounds.map((round) => quantile(round.map(read), share)));
  const requirement = mostMs === undefined ? undefined : { text: `under ${mostMs} ms`, holds: value < mostMs };
  return {
    case: name,
    against: '',
    value,
    baseline: null,
    unit: 'ms',
    ratio: null,
    spread,
    ...(requirement && { requirement }),
  };
}
