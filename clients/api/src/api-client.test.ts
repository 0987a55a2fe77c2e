import { createServer } from 'node:net';
import { apiRoutes } from '@sonde/protocol';
import { describe, expect, test } from 'vitest';
import { answerJson, startFakeApi } from '../test/fake-api.ts';
import { probeRecordSample, serverInfoSample } from '../test/samples.ts';
import { createApiClient } from './api-client.ts';
import { ApiError } from './api-error.ts';
import { ConnectionError } from './connection-error.ts';
import { UnexpectedAnswerError } from './unexpected-answer-error.ts';

async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.unreachable('the call succeeds'),
    (error: unknown) => error,
  );
}

describe('the client', () => {
  test('has one method for each route', () => {
    expect(Object.keys(createApiClient({ url: 'http://x' }))).toEqual(Object.keys(apiRoutes));
  });

  test('sends params, query, body, token and protocol version, and decodes the answer', async () => {
    const created = { record: probeRecordSample, explanations: [], silent: [], matching: 1 };
    await using fake = await startFakeApi((call, response) => {
      if (call.route === 'createProbe') answerJson(response, { ...created, ofAFutureVersion: 1 });
      else if (call.route === 'listProbes') answerJson(response, { probes: [probeRecordSample] });
      else answerJson(response, probeRecordSample);
    });
    const client = createApiClient({ url: `${fake.url}/`, token: 'secret' });
    const draft = { kind: 'snapshot', location: { file: 'src/orders.ts', line: 42 }, watches: ['a'] } as const;
    expect(await client.createProbe({ body: { draft } })).toEqual(created);
    expect(await client.listProbes({ query: { state: 'active' } })).toEqual({ probes: [probeRecordSample] });
    expect(await client.getProbe({ params: { probeId: 'p_00000001' } })).toEqual(probeRecordSample);
    expect(fake.received).toMatchObject([
      { route: 'createProbe', body: { draft }, headers: { authorization: 'Bearer secret', 'sonde-protocol': '1' } },
      { route: 'listProbes', query: { state: 'active' } },
      { route: 'getProbe', params: { probeId: 'p_00000001' } },
    ]);
  });

  test('leaves undefined query values out', async () => {
    await using fake = await startFakeApi((_, response) => answerJson(response, { probes: [] }));
    const query = JSON.parse('{}') as { readonly state?: 'active' };
    await createApiClient({ url: fake.url }).listProbes({ query });
    expect(fake.received[0]?.query).toEqual({});
  });

  test('answers undefined for a call without a body', async () => {
    await using fake = await startFakeApi((_, response) => response.writeHead(204).end());
    expect(await createApiClient({ url: fake.url }).live()).toBeUndefined();
  });

  test('throws the problem detail of a refusal', async () => {
    const problems = [{ code: 'location.no-code', message: 'no code', nearestLines: [41, 44] }] as const;
    const detail = {
      type: 'urn:sonde:error:location.no-code',
      title: 'No code there',
      status: 422,
      code: 'location.no-code',
      detail: 'line 42 has no code',
      problems,
    };
    await using fake = await startFakeApi((_, response) => answerJson(response, detail, 422));
    const error = await failure(createApiClient({ url: fake.url }).server());
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ code: 'location.no-code', status: 422, message: 'line 42 has no code', problems });
  });

  test('tells a server that is not there, with the url and the next step', async () => {
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
    const address = free.address();
    const port = typeof address === 'object' ? address?.port : 0;
    await new Promise((resolve) => free.close(resolve));
    const error = await failure(createApiClient({ url: `http://127.0.0.1:${port}` }).server());
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ url: `http://127.0.0.1:${port}`, reason: 'nothing listens there' });
    expect((error as ConnectionError).nextStep).toContain('sonde up');
  });

  test('gives up on a server that does not answer in time', async () => {
    await using fake = await startFakeApi(() => undefined);
    const error = await failure(createApiClient({ url: fake.url, timeoutMs: 50 }).server());
    expect(error).toMatchObject({ name: 'ConnectionError', reason: 'no answer within 0.05 s' });
  });

  test('ends with the reason of the signal that ends it', async () => {
    const abort = new AbortController();
    await using fake = await startFakeApi(() => abort.abort(new Error('enough')));
    const error = await failure(createApiClient({ url: fake.url }).server({ signal: abort.signal }));
    expect(error).toMatchObject({ message: 'enough' });
  });

  test.each([
    ['an answer that is not JSON', 200, '<html>'],
    ['an answer of another shape', 200, '{"version": 1}'],
    ['a refusal without a problem detail', 502, '<html>Bad gateway'],
  ])('says that %s is not from a Sonde server', async (_, status, body) => {
    await using fake = await startFakeApi((_, response) => response.writeHead(status).end(body));
    const error = await failure(createApiClient({ url: fake.url }).server());
    expect(error).toBeInstanceOf(UnexpectedAnswerError);
    expect(error).toMatchObject({ status });
  });

  test('follows no redirect, which could carry the token away', async () => {
    await using other = await startFakeApi((_, response) => answerJson(response, serverInfoSample));
    await using fake = await startFakeApi((_, response) =>
      response.writeHead(307, { location: `${other.url}/api/v1/server` }).end(),
    );
    const error = await failure(createApiClient({ url: fake.url, token: 'secret' }).server());
    expect(error).toBeInstanceOf(ConnectionError);
    expect(other.received).toEqual([]);
  });
});
