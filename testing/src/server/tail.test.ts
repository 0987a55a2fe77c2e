import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TailMessage, tailMessage } from '@sonde/protocol';
import { type RunningServer, startServer } from '@sonde/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeAgent, startFakeAgent } from '../fake-agent.ts';
import { AdminApi } from './admin-api.ts';
import { logEvent } from './log-event.ts';

const probeId = 'p_00000001';

describe('the live tail of a server', () => {
  let data: string;
  let server: RunningServer;
  let agent: FakeAgent;
  let admin: string;
  let api: AdminApi;

  beforeEach(async () => {
    data = mkdtempSync(join(tmpdir(), 'sonde-tail-'));
    server = await startServer({ data, port: 0 });
    admin = readFileSync(server.adminTokenFile, 'utf8').trim();
    api = new AdminApi(server.url, admin);
    agent = await startFakeAgent({ url: server.url, token: readFileSync(server.agentTokenFile, 'utf8').trim() });
  });
  afterEach(async () => {
    agent.kill();
    await server.stop();
    rmSync(data, { recursive: true, force: true });
  });

  async function open(lastEventId?: string, query = ''): Promise<IncomingMessage> {
    const headers = { authorization: `Bearer ${admin}`, ...(lastEventId && { 'last-event-id': lastEventId }) };
    const request = get(`${server.url}/api/v1/events/tail${query}`, { headers });
    request.on('error', () => {});
    const [response] = await once(request, 'response');
    response.on('error', () => {});
    return response;
  }

  /** Hands over each whole message until told to stop; cuts the connection then. */
  async function read(response: IncomingMessage, take: (message: TailMessage, id: string | undefined) => boolean) {
    let text = '';
    response.setEncoding('utf8');
    try {
      for await (const chunk of response) {
        const blocks = (text + chunk).split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) {
          const json = /^data: (.*)$/m.exec(block)?.[1];
          const message = json && tailMessage.decode(JSON.parse(json));
          if (message && !take(message, /^id: (.*)$/m.exec(block)?.[1])) return;
        }
      }
    } finally {
      response.destroy();
    }
  }

  it('misses nothing and repeats nothing when its connection is cut and resumed during ingest', async () => {
    const seed = randomInt(1, 1_000);
    const total = 3_000;
    const seen: string[] = [];
    let lastId: string | undefined;
    let response = await open();
    const sending = (async () => {
      for (let start = 0; start < total; start += 30) {
        await agent.send(Array.from({ length: 30 }, (_, index) => logEvent(probeId, `${start + index}`)));
      }
    })();
    for (let cut = 1; seen.length < total; cut += 1) {
      const until = seen.length + 1 + ((seed * cut * 7_919) % 400);
      await read(response, (message, id) => {
        if (message.kind !== 'event') return true;
        expect(id).toBe(message.event.id);
        lastId = id;
        seen.push(message.event.event.kind === 'log' ? message.event.event.message : '');
        return seen.length < until && seen.length < total;
      });
      response = await open(lastId);
    }
    response.destroy();
    await sending;
    expect(seen, `seed ${seed}`).toEqual(Array.from({ length: total }, (_, index) => `${index}`));
  });

  it('tells of a probe after the events that changed it', async () => {
    const draft = { kind: 'log', location: { file: 'a.ts', line: 1 }, template: 'x', level: 'info' } as const;
    const { record } = await api.create({ draft, limits: { maxHits: 3 } });
    const { id } = record.probe;
    const response = await open(undefined, `?probe=${id}`);
    await agent.send([logEvent('p_00000009', 'of another'), logEvent(id, '1')]);
    await agent.send([logEvent(id, '2'), logEvent(id, '3')]);
    const seen: string[] = [];
    await read(response, (message) => {
      if (message.kind === 'event' && message.event.event.kind === 'log') seen.push(message.event.event.message);
      if (message.kind === 'probe') seen.push(`${message.record.state} ${message.record.hits}`);
      return seen.at(-1) !== 'completed 3';
    });
    // The record as it was when the tail began comes first: nothing can have changed between asking and listening.
    expect(seen[0]).toBe('active 0');
    expect(seen.filter((line) => !line.includes(' '))).toEqual(['1', '2', '3']);
    expect(seen.indexOf('3')).toBeLessThan(seen.indexOf('completed 3'));
  });

  it('goes on for others while one reader reads nothing, and tells that one what it missed', async () => {
    const [slow, quick] = [await open(), await open()];
    slow.pause();
    const text = 'x'.repeat(2_000);
    const total = 20_000;
    let quickSeen = 0;
    const quickRead = read(quick, (message) => {
      if (message.kind === 'event') quickSeen += 1;
      return quickSeen < total;
    });
    for (let start = 0; start < total; start += 1_000) {
      await agent.send(Array.from({ length: 1_000 }, (_, index) => logEvent(probeId, `${start + index} ${text}`)));
    }
    await quickRead;
    expect(quickSeen).toBe(total);
    let [events, missed] = [0, 0];
    await read(slow, (message) => {
      if (message.kind === 'event') events += 1;
      if (message.kind === 'gap') missed += message.missed;
      return events + missed < total;
    });
    expect(missed).toBeGreaterThan(0);
    expect(events + missed).toBe(total);
  });
});
