import { gzipSync } from 'node:zlib';
import type { AgentEvent } from '@sonde/protocol/agent';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FakeServer, startFakeServer } from './fake-server.ts';

const session = {
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
};
const event: AgentEvent = {
  kind: 'log',
  probeId: 'p_00000001',
  probeVersion: 1,
  sequence: 1,
  timeNs: '1',
  thread: 'main',
  level: 'info',
  message: 'paid with secret-42',
};
const health = {
  eventLoopDelayMs: 0,
  heapBytes: 0,
  rssBytes: 0,
  cpuShare: 0,
  agentCpuShare: 0,
  queueBytes: 0,
  droppedEvents: 0,
};
const batch = { sequence: 1, events: [event], statuses: [], health };

let server: FakeServer;
beforeEach(async () => {
  server = await startFakeServer();
});
afterEach(() => server.stop());

function call(path: string, body?: unknown, headers: { readonly [name: string]: string } = {}) {
  const text = JSON.stringify(body);
  return fetch(server.url + path, {
    method: body ? 'POST' : 'GET',
    // A connection that `fetch` keeps may be closed by the server just when it is used again.
    headers: { connection: 'close', authorization: `Bearer ${server.token}`, 'sonde-protocol': '1', ...headers },
    ...(body !== undefined && { body: headers['content-encoding'] ? gzipSync(text) : text }),
  });
}

async function open(): Promise<string> {
  const answer = (await (await call('/agent/v1/sessions', session)).json()) as { sessionId: string };
  return `/agent/v1/sessions/${answer.sessionId}`;
}

it('stores a batch once and acknowledges it each time', async () => {
  const path = await open();
  for (let time = 0; time < 2; time += 1) {
    const response = await call(`${path}/events`, batch, { 'content-encoding': 'gzip' });
    expect(await response.json()).toEqual({ acknowledged: 1 });
  }
  expect(server.events()).toEqual([event]);
  expect(server.duplicates).toBe(1);
  expect(server.takeViolations()).toEqual([]);
});

it('keeps all that arrived as text, compressed or not', async () => {
  await call(`${await open()}/events`, batch, { 'content-encoding': 'gzip' });
  expect(server.received.filter((text) => text.includes('secret-42'))).toHaveLength(1);
});

it.each([
  ['a message that does not decode', { ...batch, sequence: 0 }, {}, 'sequence'],
  ['a token that is another', batch, { authorization: 'Bearer x' }, 'token'],
  ['a missing version', batch, { 'sonde-protocol': '' }, 'protocol'],
])('writes down %s', async (_, body, headers, text) => {
  const path = await open();
  expect((await call(`${path}/events`, body, headers)).status).toBe(400);
  expect(server.takeViolations()).toEqual([expect.stringContaining(text)]);
  expect(server.events()).toEqual([]);
});

it('writes down a batch that is sent while another is not answered', async () => {
  const path = await open();
  server.pauseAcknowledging();
  const first = call(`${path}/events`, batch).catch(() => undefined);
  await server.waitForEvent();
  const second = call(`${path}/events`, { ...batch, sequence: 2 }).catch(() => undefined);
  await server.waitForEvents(2);
  expect(server.takeViolations()).toEqual([expect.stringContaining('before the last one was answered')]);
  server.dropConnections();
  await Promise.all([first, second]);
});

it('sends the probes to whoever listens, and again when they change', async () => {
  const stream = (await call(`${await open()}/commands`)).body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await stream?.read())?.value).toContain('"revision":0');
  server.setProbes([]);
  expect((await stream?.read())?.value).toContain('"revision":1');
  await stream?.cancel();
});

it('knows what it stored, but no session, after it was started again', async () => {
  const path = await open();
  await call(`${path}/events`, batch);
  const { url } = server;
  await server.stop();
  await server.restart();
  expect(server.url).toBe(url);
  expect((await call(`${path}/events`, batch)).status).toBe(404);
  expect(await (await call('/agent/v1/sessions', session)).json()).toMatchObject({ acknowledged: 1 });
});

it('refuses as it is told', async () => {
  server.refuseWith(503, 'server.stopping');
  const refused = await call('/agent/v1/sessions', session);
  expect([refused.status, await refused.json()]).toMatchObject([503, { code: 'server.stopping' }]);
  server.accept();
  await open();
});

it('says what it has seen when it waited in vain', async () => {
  await expect(server.waitForEvent(() => true, 10)).rejects.toThrow('waited 10 ms for an event; seen: 0 sessions');
});
