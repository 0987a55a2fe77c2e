import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { StoredEvent } from '@sonde/protocol';
import { expect, it } from 'vitest';
import { place, Stage } from './stage.ts';

const rounds = 3;

interface Created {
  readonly record: { readonly probe: { readonly id: string } };
}

it('a server that is killed in the midst of ingest loses nothing, doubles nothing, and everybody comes back', async () => {
  const seed = randomInt(2 ** 31);
  process.stdout.write(`seed ${seed}\n`);
  await using stage = new Stage();
  await stage.up();
  const program = await stage.program({ node: 20 });
  const before = await stage.api.agents();
  const tail = stage.follow('tail', '--kind', 'log', '--json');
  await stage.until(() => tail.stderr.includes('"connected"'));
  const log = await stage.json<Created>('log', place('taken'), 'number {count}');
  const idle = await stage.json<Created>('snapshot', place('never'));
  const [logId, idleId] = [log.record.probe.id, idle.record.probe.id];

  let killMoment = seed;
  for (let round = 0; round < rounds; round += 1) {
    const seen = tail.lines.length;
    await stage.until(() => tail.lines.length > seen + 20);
    killMoment = (killMoment * 48_271) % 2_147_483_647;
    await pause(killMoment % 100);
    await stage.down('SIGKILL');
    await stage.up();
  }
  const seen = tail.lines.length;
  await stage.until(() => tail.lines.length > seen + 20);

  // The process is the one it was, and each probe is on its line again.
  expect((await stage.api.agents()).map(({ id, pid }) => ({ id, pid }))).toEqual(
    before.map(({ id, pid }) => ({ id, pid })),
  );
  expect(before[0]?.pid).toBe(program.pid);
  expect((await stage.api.probe(idleId)).reports).toMatchObject([{ report: { status: 'installed' } }]);
  expect((await stage.api.probe(logId)).reports).toMatchObject([{ report: { status: 'emitting' } }]);

  await stage.json('rm', logId);
  // The last word on the probe comes after its last event.
  await stage.until(async () =>
    (await stage.api.probe(logId)).reports.every(({ report }) => report.status === 'removed'),
  );
  const [agent] = await stage.api.agents();
  const events = (await stage.api.events()).filter(({ event }) => event.probeId === logId);
  await stage.until(() => tail.lines.length >= events.length);

  const numbers = events.map(numberOf);
  expect(new Set(numbers).size, `seed ${seed}`).toBe(numbers.length);
  const first = Math.min(...numbers);
  const last = Math.max(...numbers);
  const missing = last - first + 1 - numbers.length;
  expect(missing, `seed ${seed}`).toBe(agent?.health?.droppedEvents);
  const sequences = events.map(({ event }) => event.sequence);
  expect(new Set(sequences).size).toBe(sequences.length);

  // Whoever watched saw each of them once, over every restart.
  const shown = tail.lines.map((line) => JSON.parse(line) as { readonly event?: StoredEvent }).flatMap(eventOf);
  expect(shown.map(({ id }) => id).sort()).toEqual(events.map(({ id }) => id).sort());
}, 60_000);

function eventOf({ event }: { readonly event?: StoredEvent }): readonly StoredEvent[] {
  return event ? [event] : [];
}

function numberOf({ event }: StoredEvent): number {
  return Number(event.kind === 'log' ? event.message.replace('number ', '') : Number.NaN);
}
