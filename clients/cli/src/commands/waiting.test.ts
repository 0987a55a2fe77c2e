import { describe, expect, test } from 'vitest';
import { fakeCli } from '../../test/fake-cli.ts';
import { fakeTail, type TailStep } from '../../test/fake-tail.ts';
import {
  createdOf,
  logEventOf,
  logProbe,
  recordOf,
  reportOf,
  snapshotEvent,
  snapshotProbe,
  storedOf,
} from '../../test/samples.ts';

const connected = { kind: 'connected' } as const;
const reached = reportOf({}, { reached: 1_204, conditionFalse: 1_204 });
const pending = { ...reportOf({ status: 'pending', bindings: [] }), agentId: 'a_00000002', service: 'worker' };
const waitingRecord = recordOf({ ...snapshotProbe, condition: 'order.total > 1e6' }, { reports: [reached, pending] });
const snapshotMessage = { kind: 'event', event: storedOf(snapshotEvent) } as const;
const arguments_ = ['snapshot', 'src/orders.ts:42', '--wait'] as const;

function calls(...steps: readonly TailStep[]) {
  return {
    createProbe: async () => createdOf(waitingRecord),
    tail: fakeTail(...steps),
    getProbe: async () => waitingRecord,
    listEvents: async () => ({ events: [] }),
  };
}

describe('--wait', () => {
  test('tells what happens at the line, then shows the snapshot and ends', async () => {
    using cli = fakeCli(calls(connected, { kind: 'probe', record: waitingRecord }, snapshotMessage));
    expect(await cli.run(...arguments_)).toBe(0);
    expect(cli.stderr()).toMatchInlineSnapshot(`
      "p_00000001 snapshot at src/orders.ts:42 placed (expires in 1 h)
        shop (a_00000001): guard at src/orders.ts:42:5
      waiting: line reached 1,204 times, condition false 1,204 times on shop (a_00000001) · pending on worker (a_00000002): src/orders.ts is not loaded there
      "
    `);
    expect(cli.stdout()).toContain('snapshot src/orders.ts:42:5 in place');
    expect(cli.clock.running()).toBe(0);
  });

  test('shows a hit that was stored before the live view stood, once', async () => {
    using cli = fakeCli({
      ...calls(connected, snapshotMessage),
      listEvents: async () => ({ events: [storedOf(snapshotEvent)] }),
    });
    expect(await cli.run(...arguments_, '--json')).toBe(0);
    const kinds = cli
      .stdout()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).kind);
    expect(kinds).toEqual(['created', 'event']);
  });

  test('waits for as many hits as were asked for', async () => {
    const second = { kind: 'event', event: storedOf(snapshotEvent, 'e_00000002') } as const;
    using cli = fakeCli(calls(connected, snapshotMessage, snapshotMessage, second));
    expect(await cli.run(...arguments_, '--hits', '2')).toBe(0);
    expect(cli.stdout().match(/^snapshot /gm)).toHaveLength(2);
  });

  test('times out with what was seen, why nothing came and what to do', async () => {
    using cli = fakeCli(calls(connected, { kind: 'probe', record: waitingRecord }, () => cli.clock.advance(60_000)));
    expect(await cli.run(...arguments_)).toBe(4);
    expect(cli.stdout()).toBe('');
    expect(cli.stderr().slice(cli.stderr().indexOf('error:'))).toMatchInlineSnapshot(`
      "error: timed out after 1 min with no snapshot
        installed on shop (a_00000001): line reached 1,204 times, condition false 1,204 times
        pending on worker (a_00000002): src/orders.ts is not loaded there
        → the line ran 1,204 times and the condition never held; look at real values with \`sonde snapshot src/orders.ts:42 --wait\` (no --if), or wait longer with --timeout
        → the probe stays for 59 min: \`sonde tail --probe p_00000001\` shows what still comes, \`sonde rm p_00000001\` removes it
      "
    `);
  });

  test('gives up at once when no agent can install the probe', async () => {
    const problem = { code: 'location.unreachable', message: 'no guard can stand there' } as const;
    const record = recordOf(snapshotProbe, { reports: [reportOf({ status: 'error', problem })] });
    using cli = fakeCli(calls(connected, { kind: 'probe', record }));
    expect(await cli.run(...arguments_, '--json')).toBe(1);
    expect(JSON.parse(cli.stderr()).error).toMatchObject({
      code: 'location.unreachable',
      details: ['error on shop (a_00000001): no guard can stand there'],
    });
  });

  test('goes on while an agent that may install the probe has not said a word, whatever others say', async () => {
    const problem = { code: 'location.file-unknown', message: 'no such file' } as const;
    const record = recordOf(snapshotProbe, { reports: [reportOf({ status: 'error', problem })] });
    using cli = fakeCli({
      ...calls(connected, { kind: 'probe', record }, snapshotMessage),
      createProbe: async () => ({ ...createdOf(waitingRecord), matching: 2 }),
    });
    expect(await cli.run(...arguments_)).toBe(0);
    expect(cli.stdout()).toContain('snapshot src/orders.ts:42:5 in place');
  });

  test('ends when somebody else removes the probe', async () => {
    using cli = fakeCli(calls(connected, { kind: 'probe', record: recordOf(snapshotProbe, { state: 'deleted' }) }));
    expect(await cli.run(...arguments_)).toBe(1);
    expect(cli.stderr()).toContain('the probe is deleted, nothing more comes');
  });

  test('does not call it done when the probe ended before as many hits as were asked for', async () => {
    const record = recordOf(snapshotProbe, { state: 'expired' });
    using cli = fakeCli(calls(connected, snapshotMessage, { kind: 'probe', record }));
    expect(await cli.run(...arguments_, '--hits', '5')).toBe(1);
    expect(cli.stdout()).toContain('snapshot src/orders.ts:42:5 in place');
    expect(cli.stderr()).toContain('the probe is expired after 1 of 5 snapshots, nothing more comes');
  });

  test('goes on over a lost connection and says so', async () => {
    using cli = fakeCli(
      calls(connected, { kind: 'disconnected', reason: 'the server ended the stream' }, connected, snapshotMessage),
    );
    expect(await cli.run(...arguments_)).toBe(0);
    expect(cli.stderr()).toContain('connection lost (the server ended the stream); trying again');
  });

  test('interrupted, says that the probe stays', async () => {
    using cli = fakeCli(calls(connected, () => cli.interrupt()));
    expect(await cli.run(...arguments_)).toBe(130);
    expect(cli.stderr()).toContain('the probe stays for 1 h');
    expect(cli.clock.running()).toBe(0);
  });

  test('on a terminal keeps to one line that changes, and takes it away at the end', async () => {
    using cli = fakeCli(
      calls(connected, () => cli.clock.advance(2_000), { kind: 'probe', record: waitingRecord }, snapshotMessage),
      { isTTY: true, env: { NO_COLOR: '1' } },
    );
    expect(await cli.run(...arguments_)).toBe(0);
    const progress = cli.stderr().slice(cli.stderr().indexOf('\r'));
    expect(progress).toContain('2 s · line reached 1,204 times, condition false 1,204 times');
    expect(progress).not.toContain('\n');
    expect(progress.endsWith('\r\u001b[2K')).toBe(true);
    for (const line of progress.split('\r\u001b[2K')) expect(line.length).toBeLessThanOrEqual(100);
  });
});

test('log --follow shows lines until it is interrupted', async () => {
  const record = recordOf(logProbe);
  using cli = fakeCli({
    createProbe: async () => createdOf(record),
    getProbe: async () => record,
    listEvents: async () => ({ events: [] }),
    tail: fakeTail(
      connected,
      { kind: 'event', event: storedOf(logEventOf('one'), 'e_00000001') },
      { kind: 'event', event: storedOf(logEventOf('two'), 'e_00000002') },
      () => cli.interrupt(),
    ),
  });
  expect(await cli.run('log', 'src/orders.ts:42', 'order {order.id}', '--follow')).toBe(0);
  expect(cli.stdout()).toBe(
    '03:04:05.000 WARN  shop src/orders.ts:42 one\n03:04:05.000 WARN  shop src/orders.ts:42 two\n',
  );
});

test('log --follow ends with its probe even when events were left out that it will never get', async () => {
  const record = recordOf(logProbe);
  const completed = recordOf(logProbe, { state: 'completed', hits: 20_000 });
  let waited = false;
  using cli = fakeCli({
    createProbe: async () => createdOf(record),
    getProbe: async () => record,
    listEvents: async () => ({ events: [] }),
    tail: fakeTail(
      connected,
      { kind: 'event', event: storedOf(logEventOf('one'), 'e_00000001') },
      { kind: 'gap', missed: 15_000 },
      { kind: 'probe', record: completed },
      () => {
        waited = true;
        cli.interrupt();
      },
    ),
  });
  expect(await cli.run('log', 'src/orders.ts:42', 'order {order.id}', '--follow')).toBe(0);
  expect(waited).toBe(false);
});

describe('tail', () => {
  const steps = [
    connected,
    snapshotMessage,
    { kind: 'event', event: storedOf(logEventOf('paid'), 'e_00000002') },
    { kind: 'probe', record: recordOf(snapshotProbe, { state: 'completed' }) },
    { kind: 'gap', missed: 3 },
  ] as const;

  test('shows a line for each event, and notes on what else happens', async () => {
    let asked = 0;
    using cli = fakeCli({
      getProbe: async () => {
        asked += 1;
        return recordOf(snapshotProbe);
      },
      tail: fakeTail(...steps, () => cli.interrupt()),
    });
    expect(await cli.run('tail')).toBe(0);
    expect(cli.stdout()).toMatchInlineSnapshot(`
      "03:04:05.000 SNAP  shop src/orders.ts:42:5 order=Order ok=true (sonde show e_00000001)
      03:04:05.000 WARN  shop src/orders.ts:42 paid
      "
    `);
    expect(cli.stderr()).toMatchInlineSnapshot(`
      "waiting for events; Ctrl-C ends
      probe p_00000001 at src/orders.ts:42 is completed
      3 events left out here, too many to show; \`sonde show\` has them
      "
    `);
    expect(asked).toBe(1);
  });

  test('writes the server’s messages as they are with --json', async () => {
    using cli = fakeCli({ tail: fakeTail(...steps, () => cli.interrupt()) });
    expect(await cli.run('tail', '--json')).toBe(0);
    const messages = cli
      .stdout()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(messages).toEqual(steps.slice(1));
  });
});
