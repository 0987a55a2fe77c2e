import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { agentRoutes, apiRoutes, type ProblemDetail, problemDetail } from '@sonde/protocol';
import { type RunningServer, startServer } from '@sonde/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

interface Ask {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string | Buffer;
}

let data: string;
let server: RunningServer;
let admin: string;
let agent: string;
const faults: unknown[] = [];

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'sonde-bad-input-'));
  server = await startServer({ data, port: 0, report: (error) => faults.push(error) });
  admin = readFileSync(server.adminTokenFile, 'utf8').trim();
  agent = readFileSync(server.agentTokenFile, 'utf8').trim();
});
afterAll(async () => {
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});

/** The refusal, which is one in every detail: type, status, code, and nothing of our insides. */
async function refusalOf({ method = 'GET', path = '/api/v1/probes', headers = {}, body }: Ask) {
  const asked = request(server.url + path, {
    method,
    headers: { authorization: `Bearer ${admin}`, ...headers },
  });
  asked.on('error', () => {});
  asked.end(body);
  const [response] = await once(asked, 'response');
  let text = '';
  for await (const chunk of response) text += chunk;
  expect(response.headers['content-type']).toBe('application/problem+json');
  const problem: ProblemDetail = problemDetail.decode(JSON.parse(text));
  expect(problem.status).toBe(response.statusCode);
  expect(problem.type).toBe(`urn:sonde:error:${problem.code}`);
  expect(text).not.toMatch(/at .*\.ts|node:|stack/);
  return { ...problem, headers: response.headers };
}

const post = (body: string | Buffer, more: Partial<Ask> = {}): Ask => ({ method: 'POST', body, ...more });
const json = (value: unknown, more: Partial<Ask> = {}): Ask => post(JSON.stringify(value), more);
const draft = { kind: 'snapshot', location: { file: 'a.ts', line: 3 }, watches: [] };
const gzipped = { 'content-encoding': 'gzip' };
const ofAgent = () => ({ authorization: `Bearer ${agent}` });

describe('bad input is refused', () => {
  it.each<[string, () => Ask, string, RegExp]>([
    ['no token', () => ({ headers: { authorization: '' } }), 'token.missing', /Authorization: Bearer/],
    [
      'an unknown token',
      () => ({ headers: { authorization: 'Bearer sonde_admin_x' } }),
      'token.unknown',
      /does not know/,
    ],
    ['an agent’s token', () => ({ headers: ofAgent() }), 'token.scope', /an agent.*an admin/],
    ['an admin’s token', () => json({}, { path: '/agent/v1/sessions' }), 'token.scope', /an admin.*an agent/],
    ['an unknown path', () => ({ path: '/nowhere' }), 'request.unknown-route', /\/nowhere/],
    ['an unknown method', () => ({ method: 'DELETE' }), 'request.method', /GET, POST/],
    [
      'another version of the protocol',
      () => ({ headers: { 'sonde-protocol': '2' } }),
      'protocol.version',
      /version 2.*version 1/,
    ],
    ['a foreign host', () => ({ headers: { host: 'evil.example' } }), 'request.origin', /evil\.example/],
    ['a page of elsewhere', () => ({ headers: { origin: 'http://evil.example' } }), 'request.origin', /evil\.example/],
    ['no body', () => post(''), 'request.malformed', /empty/],
    ['JSON cut short', () => post('{"draft": {'), 'request.malformed', /character 12|too early/],
    ['JSON with a comma too many', () => post('{"draft": 1,}'), 'request.malformed', /character 13/],
    ['text that is not JSON', () => post('secret-text'), 'request.malformed', /^(?!.*secret)/],
    ['bytes that are not UTF-8', () => post(Buffer.from([0x22, 0xff, 0xfe, 0x22])), 'request.malformed', /UTF-8/],
    ['an unknown encoding', () => post('x', { headers: { 'content-encoding': 'br' } }), 'request.malformed', /gzip/],
    ['gzip that is none', () => post('not gzip', { headers: gzipped }), 'request.malformed', /gzip/],
    [
      'gzip cut short',
      () => post(gzipSync('{"a":1}').subarray(0, 15), { headers: gzipped }),
      'request.malformed',
      /gzip/,
    ],
    ['a body too large', () => post('x'.repeat(70_000)), 'request.too-large', /65536 bytes/],
    [
      'a body too large, in pieces',
      () => post('x'.repeat(700_000), { headers: { 'transfer-encoding': 'chunked' } }),
      'request.too-large',
      /65536/,
    ],
    ['a bomb', () => post(gzipSync(Buffer.alloc(50_000_000)), { headers: gzipped }), 'request.too-large', /unpacked/],
    ['a list where an object belongs', () => post('[]'), 'request.invalid', /expected an object/],
    ['a missing field', () => json({}), 'request.invalid', /draft: expected a value/],
    [
      'an unknown kind',
      () => json({ draft: { ...draft, kind: 'poem' } }),
      'request.invalid',
      /draft\.kind: expected one of snapshot, log/,
    ],
    [
      'line 0',
      () => json({ draft: { ...draft, location: { file: 'a', line: 0 } } }),
      'request.invalid',
      /draft\.location\.line/,
    ],
    ['hits beyond the bound', () => json({ draft, limits: { maxHits: 0 } }), 'request.invalid', /limits\.maxHits/],
    ['an end too far', () => json({ draft, expiresInMs: 1e12 }), 'request.invalid', /expiresInMs/],
    ['an unknown probe', () => ({ path: '/api/v1/probes/p_00000000' }), 'probe.unknown', /p_00000000/],
    [
      'to remove an unknown probe',
      () => ({ method: 'DELETE', path: '/api/v1/probes/p_00000000' }),
      'probe.unknown',
      /p_00000000/,
    ],
    ['what is no id', () => ({ path: '/api/v1/probes/7' }), 'probe.unknown', /There is no 7/],
    ['a path that climbs', () => ({ path: '/api/v1/probes/%2e%2e%2fadmin-token' }), 'probe.unknown', /There is no/],
    ['an unknown event', () => ({ path: '/api/v1/events/e_00000000001' }), 'event.unknown', /e_00000000001/],
    [
      'a tail of an unknown probe',
      () => ({ path: '/api/v1/events/tail?probe=p_00000000' }),
      'probe.unknown',
      /p_00000000/,
    ],
    [
      'a tail from nowhere',
      () => ({ path: '/api/v1/events/tail', headers: { 'last-event-id': 'x' } }),
      'request.invalid',
      /Last-Event-ID/,
    ],
    [
      'an unknown state',
      () => ({ path: '/api/v1/probes?state=asleep' }),
      'request.invalid',
      /state: expected one of active/,
    ],
    ['a parameter twice', () => ({ path: '/api/v1/probes?state=active&state=expired' }), 'request.invalid', /state/],
    ['a limit of none', () => ({ path: '/api/v1/events?limit=0' }), 'request.invalid', /limit/],
    ['a cursor that is none', () => ({ path: '/api/v1/events?before=e_zzzzzzzzzzzz' }), 'request.invalid', /before/],
    [
      'a session that is over',
      () => ({ path: '/agent/v1/sessions/s_00000000/commands', headers: ofAgent() }),
      'session.unknown',
      /open a new one/,
    ],
  ])('%s', async (_, ask, code, detail) => {
    const problem = await refusalOf(ask());
    expect(problem).toMatchObject({ code, detail: expect.stringMatching(detail) });
    if (problem.status === 401) expect(problem.headers['www-authenticate']).toContain('Bearer');
    if (problem.status === 405) expect(problem.headers['allow']).toBe('GET, POST');
  });

  it('a batch that is malformed in one event is refused whole, with the path of what is wrong', async () => {
    const session = await fetch(`${server.url}${agentRoutes.openSession.path}`, {
      method: 'POST',
      headers: ofAgent(),
      body: JSON.stringify({
        instance: 'instance-1',
        runtime: 'node',
        runtimeVersion: '24',
        agentVersion: '0',
        service: 's',
        host: 'h',
        pid: 1,
        thread: 'main',
        root: '/',
        startedAtMs: 1,
        tags: {},
      }),
    });
    expect(session.status).toBe(201);
    const { sessionId } = (await session.json()) as { readonly sessionId: string };
    const good = {
      kind: 'log',
      probeId: 'p_00000001',
      probeVersion: 1,
      sequence: 1,
      timeNs: '1',
      thread: 'm',
      level: 'info',
      message: 'm',
    };
    const health = {
      eventLoopDelayMs: 1,
      heapBytes: 1,
      rssBytes: 1,
      cpuShare: 0,
      agentCpuShare: 0,
      queueBytes: 0,
      droppedEvents: 0,
    };
    const batch = { sequence: 1, events: [good, { ...good, level: 'loud' }], statuses: [], health };
    const path = `/agent/v1/sessions/${sessionId}/events`;
    const problem = await refusalOf(
      post(gzipSync(JSON.stringify(batch)), { path, headers: { ...ofAgent(), ...gzipped } }),
    );
    expect(problem).toMatchObject({ code: 'request.invalid', problems: [{ field: 'events[1].level' }] });
  });

  it('a head too large, and bytes that are no request, are refused as problems too', async () => {
    for (const [bytes, status, code] of [
      [`GET / HTTP/1.1\r\nhost: localhost\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`, 413, 'request.too-large'],
      ['hello\r\n\r\n', 400, 'request.malformed'],
    ] as const) {
      const socket = connect(server.port, '127.0.0.1');
      socket.write(bytes);
      let text = '';
      for await (const chunk of socket) text += chunk;
      expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      expect(JSON.parse(text.split('\r\n\r\n')[1] ?? '')).toMatchObject({ status, code });
    }
  });

  it('and changed nothing, and none of it was a fault of the server', async () => {
    const read = async (path: string) =>
      (await fetch(server.url + path, { headers: { authorization: `Bearer ${admin}` } })).json();
    expect(await read(apiRoutes.listProbes.path)).toEqual({ probes: [] });
    expect(await read(apiRoutes.listEvents.path)).toEqual({ events: [] });
    expect(faults).toEqual([]);
  });
});
