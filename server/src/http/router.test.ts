import { agentRoutes, apiRoutes, type ErrorCode, errorCodes } from '@sonde/protocol';
import { describe, expect, it } from 'vitest';
import { type Endpoint, reply } from '../endpoint.ts';
import { Router } from './router.ts';
import { statusOf } from './status-of.ts';

const endpoints = [...Object.values(agentRoutes), ...Object.values(apiRoutes)].map(
  (route): Endpoint => reply(route as Endpoint['route'], () => undefined as never),
);

describe('the router', () => {
  const router = new Router(endpoints);

  it('finds every route of the protocol and its parameters', () => {
    for (const { route } of endpoints) {
      const path = route.path.replace(/\{(\w+)\}/g, (_, name) => `a-${name}`);
      const match = router.match(route.method, path);
      expect(match.endpoint.route).toBe(route);
      for (const [name, value] of Object.entries(match.params)) expect(value).toBe(`a-${name}`);
    }
  });

  it('takes a path that is spelled out before one with a parameter', () => {
    expect(router.match('GET', '/api/v1/events/tail').endpoint.route).toBe(apiRoutes.tail);
    expect(router.match('GET', '/api/v1/events/tails').endpoint.route).toBe(apiRoutes.getEvent);
  });

  it.each([
    '',
    '/',
    '/api',
    '/api/v1/probes/',
    '/api/v1/probes/a/b',
    '/API/v1/probes',
    '//api/v1/probes',
    '/__proto__',
  ])('refuses "%s"', (path) =>
    expect(() => router.match('GET', path)).toThrow(expect.objectContaining({ code: 'request.unknown-route' })),
  );

  it.each(['PUT', 'HEAD', 'OPTIONS', 'constructor', ''])('refuses method "%s" and names those it takes', (method) => {
    const refusal = expect.objectContaining({ code: 'request.method', allow: 'GET, POST' });
    expect(() => router.match(method, '/api/v1/probes')).toThrow(refusal);
  });
});

it('every error code has a status of its kind', () => {
  const statuses = Object.fromEntries(errorCodes.map((code: ErrorCode) => [code, statusOf(code)]));
  expect(statuses).toMatchObject({
    'location.no-code': 422,
    'expression.syntax': 422,
    'template.syntax': 422,
    'agent.fault': 422,
    'probe.unknown': 404,
    'request.invalid': 400,
    'request.malformed': 400,
    'protocol.version': 400,
    'token.missing': 401,
    'token.expired': 401,
    'token.scope': 403,
    'server.internal': 500,
    'server.storage-full': 507,
  });
});
