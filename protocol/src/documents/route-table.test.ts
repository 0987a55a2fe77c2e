import { expect, it } from 'vitest';
import { agentRoutes } from '../agent/agent-routes.ts';
import { apiRoutes } from '../api/api-routes.ts';
import { routeTable } from './route-table.ts';

const { routes } = routeTable();

it('names every route once', () => {
  expect(routes).toHaveLength(Object.keys(agentRoutes).length + Object.keys(apiRoutes).length);
  expect(new Set(routes.map(({ method, path }) => `${method} ${path}`)).size).toBe(routes.length);
});

it.each(routes)('$name describes just the parameters of its path', ({ path, params }) => {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
  expect(Object.keys((params?.['properties'] as object) ?? {})).toEqual(inPath);
});

it.each(routes)(
  '$name takes a body when, and only when, it has a message for it',
  ({ method, request, maxBodyBytes }) => {
    expect(maxBodyBytes > 0).toBe(request !== null);
    expect(method === 'POST').toBe(request !== null);
  },
);

it.each(routes.filter(({ stream }) => stream))('$name says what it streams', ({ method, response }) => {
  expect(method).toBe('GET');
  expect(response).not.toBeNull();
});

it('puts a path of fixed words before one whose parameter could stand for them', () => {
  for (const [index, { method, path }] of routes.entries()) {
    const pattern = new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
    const swallowed = routes.slice(index + 1).filter((later) => later.method === method && pattern.test(later.path));
    expect(swallowed).toEqual([]);
  }
});

it('lets nobody but the two probes of health in without a token', () => {
  expect(routes.filter(({ audience }) => audience === 'anyone').map(({ path }) => path)).toEqual(['/livez', '/readyz']);
  for (const { path, audience } of routes) if (path.startsWith('/agent/')) expect(audience).toBe('agent');
});
