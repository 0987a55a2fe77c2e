import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createHttpTransport } from './http-transport.ts';

let server: http.Server | undefined;

async function listening(handle: http.RequestListener, host = '127.0.0.1'): Promise<string> {
  server = http.createServer(handle).listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

afterEach(async () => {
  const closing = server && once(server, 'close');
  server?.close();
  server?.closeAllConnections();
  await closing;
  server = undefined;
});

it('sends token, protocol and body, below the path of the URL', async () => {
  const seen: unknown[] = [];
  const url = await listening((request, response) => {
    const { authorization, 'sonde-protocol': protocol, 'content-type': type } = request.headers;
    seen.push([request.method, request.url, authorization, protocol, type]);
    response.writeHead(200, { 'sonde-protocol': '1' });
    request.pipe(response);
  });
  const transport = createHttpTransport(`${url}/behind/a/proxy/`, 'secret');
  const answer = await transport.send({ method: 'POST', path: '/agent/v1/sessions', body: Buffer.from('{"a":1}') });
  expect(answer).toEqual({ status: 200, protocol: '1', body: '{"a":1}' });
  expect(seen).toEqual([['POST', '/behind/a/proxy/agent/v1/sessions', 'Bearer secret', '1', 'application/json']]);
});

it('reaches a server by an IPv6 address', async () => {
  const url = await listening((_, response) => response.end('here'), '::1');
  expect((await createHttpTransport(url, 't').send({ method: 'GET', path: '/x' })).body).toBe('here');
});

it('uses one connection for many calls', async () => {
  const ports = new Set<number | undefined>();
  const url = await listening((request, response) => {
    ports.add(request.socket.remotePort);
    response.end();
  });
  const transport = createHttpTransport(url, 't');
  for (let call = 0; call < 5; call += 1) await transport.send({ method: 'GET', path: '/x' });
  expect(ports.size).toBe(1);
});

it('sends again at once when the connection it reused had been closed', async () => {
  let calls = 0;
  const url = await listening((request, response) => {
    calls += 1;
    if (calls === 2) request.socket.destroy();
    else response.end(`call ${calls}`);
  });
  const transport = createHttpTransport(url, 't');
  await transport.send({ method: 'GET', path: '/x' });
  expect((await transport.send({ method: 'GET', path: '/x' })).body).toBe('call 3');
});

it('rejects with words when nobody listens, and when an answer does not end', async () => {
  await expect(createHttpTransport('http://127.0.0.1:1', 't').send({ method: 'GET', path: '/' })).rejects.toThrow(
    /ECONNREFUSED/,
  );
  const url = await listening((_, response) => {
    response.write('x'.repeat(2_000_000));
  });
  await expect(createHttpTransport(url, 't').send({ method: 'GET', path: '/' })).rejects.toThrow(/more than 1048576/);
});

it.each([
  ['ftp://host', 't', /not http/],
  ['nonsense', 't', /Invalid URL/],
  ['http://host', 'two\nlines', /Invalid character/],
])('refuses %s with token %j at the start', (url, token, message) => {
  expect(() => createHttpTransport(url, token)).toThrow(message);
});

it('gives the chunks of a stream and its end, and nothing once it is closed', async () => {
  const url = await listening((request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    response.write('one');
    if (request.url !== '/stays') response.end('two');
  });
  const transport = createHttpTransport(url, 't');
  expect(await listenUntilEnd(transport, '/ends')).toEqual({ text: 'onetwo', reason: 'the server closed the stream' });
  const first = Promise.withResolvers<void>();
  const heard: string[] = [];
  const close = transport.listen('/stays', {
    onOpen: () => heard.push('open'),
    onChunk: () => first.resolve(),
    onEnd: () => heard.push('end'),
  });
  await first.promise;
  close();
  // By the time another call has gone there and back, the end of the stream would have been heard.
  await transport.send({ method: 'GET', path: '/after' });
  expect(heard).toEqual(['open']);
});

it('gives the refusal of a stream', async () => {
  const url = await listening((_, response) => response.writeHead(404).end('gone'));
  const end = await listenUntilEnd(createHttpTransport(url, 't'), '/x');
  expect(end).toMatchObject({ reason: 'refused with status 404', refusal: { status: 404, body: 'gone' } });
});

function listenUntilEnd(transport: ReturnType<typeof createHttpTransport>, path: string) {
  return new Promise((resolve) => {
    let text = '';
    transport.listen(path, {
      onOpen: () => {},
      onChunk: (chunk) => {
        text += chunk;
      },
      onEnd: (reason, refusal) => resolve({ text, reason, ...(refusal && { refusal }) }),
    });
  });
}
