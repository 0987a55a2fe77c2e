import { agentRoutes } from '../agent/agent-routes.ts';
import { keepAliveMs, silenceMs } from '../agent/command.ts';
import { protocolHeader, protocolVersion } from '../agent/session.ts';
import { apiRoutes } from '../api/api-routes.ts';
import { messages } from '../messages.ts';
import type { Route } from '../route.ts';
import type { JsonSchema, Schema } from '../schema/schema.ts';

/** Every call as plain data, for readers that do not read TypeScript. `null` stands where a call has none. */
export function routeTable() {
  const routes = Object.entries({ ...agentRoutes, ...apiRoutes }).map(([name, route]) => row(name, route));
  return { version: protocolVersion, header: protocolHeader, keepAliveMs, silenceMs, routes };
}

function row(name: string, route: Route) {
  const { method, path, audience, summary, stream, maxBodyBytes, params, query, request, response } = route;
  return {
    name,
    method,
    path,
    audience,
    summary,
    stream,
    maxBodyBytes,
    params: fieldsOf(params),
    query: fieldsOf(query),
    request: nameOf(request),
    response: nameOf(response),
  };
}

function fieldsOf(schema: Schema<unknown>): JsonSchema | null {
  return Object.keys(schema.json['properties'] ?? {}).length > 0 ? schema.json : null;
}

function nameOf(schema: Schema<unknown> | undefined): string | null {
  if (schema === undefined) return null;
  const found = Object.entries(messages).find(([, message]) => message === schema);
  if (!found) throw new Error('a route speaks a message that has no name in messages.ts');
  return found[0];
}
