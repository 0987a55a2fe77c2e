import { type Command, defaultCaptureLimits, type SessionResponse } from '@sonde/protocol/agent';
import { expect, it } from 'vitest';
import { FakeClock } from './fake-clock.ts';
import { FakeTransport } from './fake-transport.ts';
import { ServerConnection } from './server-connection.ts';

const response: SessionResponse = {
  sessionId: 's_00000001',
  agentId: 'a_00000001',
  heartbeatMs: 1_000,
  sessionTimeoutMs: 4_000,
  acknowledged: 0,
  policy: {
    redaction: { version: 0, names: [], exceptNames: [] },
    limits: {
      cpuShare: 0.01,
      maxEventsPerSecond: 1,
      maxBytesPerSecond: 1_024,
      maxQueueBytes: 65_536,
      capture: defaultCaptureLimits,
    },
  },
};
const problem = (code: string, status = 404) => ({
  type: `urn:sonde:error:${code}`,
  title: code,
  status,
  code,
  detail: 'no',
});
const probes = 'data: {"kind":"probes","revision":1,"probes":[]}\n\n';

function setup(random = () => 1) {
  const clock = new FakeClock();
  const transport = new FakeTransport();
  const commands: Command['kind'][] = [];
  const diagnostics: string[] = [];
  let opened = 0;
  let lost = 0;
  const connection = new ServerConnection({
    clock,
    transport,
    random,
    session: {
      instance: 'instance-1',
      runtime: 'node',
      runtimeVersion: 'v24',
      agentVersion: '0.1.0',
      service: 'orders',
      host: 'here',
      pid: 1,
      thread: 'main',
      root: '/',
      startedAtMs: 1,
      tags: {},
    },
    onOpen: () => {
      opened += 1;
    },
    onLost: () => {
      lost += 1;
    },
    onCommand: (command) => commands.push(command.kind),
    onDiagnostic: (message) => diagnostics.push(message),
  });
  connection.start();
  return {
    clock,
    transport,
    commands,
    diagnostics,
    connection,
    counts: () => ({ opened, lost, asked: transport.requests.length, streams: transport.streams.length }),
    answer: async (status: number, body: unknown = response) => {
      transport.pending[0]?.answer(status, body);
      await clock.advance(0);
    },
    fail: async () => {
      transport.pending[0]?.fail('connect ECONNREFUSED');
      await clock.advance(0);
    },
    stream: () => transport.streams.at(-1)?.listener,
  };
}

it('opens a session, gives its policy, and listens', async () => {
  const { answer, commands, counts, stream, transport } = setup();
  await answer(200);
  stream()?.onOpen();
  stream()?.onChunk(Buffer.from(probes));
  expect(commands).toEqual(['policy', 'probes']);
  expect(counts()).toEqual({ opened: 1, lost: 0, asked: 1, streams: 1 });
  expect(transport.streams[0]?.path).toBe('/agent/v1/sessions/s_00000001/commands');
});

it('tries again with full jitter while nobody is there, and says so once', async () => {
  const parts = [0.5, 0.1, 1, 1, 1, 1, 1, 1];
  const { clock, fail, diagnostics } = setup(() => parts.shift() ?? 1);
  const delays: number[] = [];
  for (let attempt = 0; attempt < 8; attempt += 1) {
    await fail();
    delays.push(clock.delays[0] ?? 0);
    await clock.advance(clock.delays[0] ?? 0);
  }
  expect(delays).toEqual([250, 100, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  expect(diagnostics).toEqual(['no session with the server: connect ECONNREFUSED']);
});

it('listens again in the same session when the stream breaks', async () => {
  const { answer, clock, stream, counts } = setup();
  await answer(200);
  stream()?.onOpen();
  stream()?.onEnd('reset');
  await clock.advance(500);
  expect(counts()).toEqual({ opened: 1, lost: 0, asked: 1, streams: 2 });
});

it('opens a new session when the server does not know the old one', async () => {
  const { answer, clock, stream, counts, diagnostics } = setup();
  await answer(200);
  const body = JSON.stringify(problem('session.unknown'));
  stream()?.onEnd('refused', { status: 404, protocol: '1', body });
  await clock.advance(500);
  expect(counts()).toEqual({ opened: 1, lost: 1, asked: 2, streams: 1 });
  expect(diagnostics).toEqual([]);
});

it('takes a stream that is silent for 45 s as dead, and a keep-alive as a sign of life', async () => {
  const { answer, clock, stream, transport, counts } = setup();
  await answer(200);
  stream()?.onOpen();
  await clock.advance(44_000);
  stream()?.onChunk(Buffer.from(': keep-alive\n'));
  await clock.advance(44_999);
  expect(transport.streams[0]?.closed).toBe(false);
  await clock.advance(1);
  expect(transport.streams[0]?.closed).toBe(true);
  await clock.advance(500);
  expect(counts().streams).toBe(2);
});

it.each([
  ['a token that is not taken', 401, problem('token.unknown', 401), '1', 'token.unknown'],
  ['a scope that is missing', 403, problem('token.scope', 403), '1', 'token.scope'],
  ['a version that is refused', 400, problem('protocol.version', 400), '1', 'protocol.version'],
  ['a version that is another', 200, response, '2', 'protocol 2'],
  ['something else that listens there', 404, { hello: 'world' }, undefined, 'no Sonde server'],
  ['a session that is not understood', 400, problem('request.invalid', 400), '1', 'request.invalid'],
])('reports %s once and asks again every 30 s', async (_, status, body, protocol, text) => {
  const { answer, clock, transport, diagnostics, counts } = setup();
  transport.protocol = protocol;
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    await answer(status, body);
    expect(clock.delays).toEqual([30_000]);
    await clock.advance(30_000);
  }
  expect(counts()).toMatchObject({ opened: 0, asked: 4 });
  expect(diagnostics).toEqual([expect.stringContaining(text)]);
});

it('takes an answer that is no session as a failure', async () => {
  const { answer, clock, counts, diagnostics } = setup();
  await answer(200, { sessionId: 'x' });
  expect(clock.delays).toEqual([500]);
  expect(counts().opened).toBe(0);
  expect(diagnostics[0]).toContain('sessionId');
});

it('ignores news of a session that is not the present one', async () => {
  const { answer, connection, counts } = setup();
  await answer(200);
  connection.sessionRefused('s_00000000', { kind: 'unknown-session', reason: '' });
  expect(counts().lost).toBe(0);
});

it('does not listen again in a session that was refused while its stream was broken', async () => {
  const { answer, clock, stream, connection, counts } = setup();
  await answer(200);
  stream()?.onOpen();
  stream()?.onEnd('reset');
  connection.sessionRefused('s_00000001', { kind: 'unknown-session', reason: '' });
  await clock.advance(1_000);
  await answer(200, { ...response, sessionId: 's_00000002' });
  expect(counts()).toEqual({ opened: 2, lost: 1, asked: 2, streams: 2 });
  await clock.advance(2_000);
  expect(counts()).toEqual({ opened: 2, lost: 1, asked: 2, streams: 2 });
});

it('leaves, and neither listens nor comes back', async () => {
  const { answer, connection, transport, clock } = setup();
  await answer(200);
  const leaving = connection.leave();
  expect(transport.pending[0]?.request).toMatchObject({ method: 'DELETE', path: '/agent/v1/sessions/s_00000001' });
  transport.pending[0]?.fail('gone');
  await leaving;
  expect(transport.streams[0]?.closed).toBe(true);
  expect(clock.delays).toEqual([]);
});
