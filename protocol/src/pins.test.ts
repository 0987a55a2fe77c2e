import { expect, it } from 'vitest';
import {
  command,
  gears,
  keepAliveMs,
  logLevels,
  mechanisms,
  protocolHeader,
  protocolVersion,
  runtimes,
} from './agent.ts';
import { routeTable } from './documents/route-table.ts';
import {
  defaultCaptureLimits,
  errorCodes,
  messages,
  missingReasons,
  probeKinds,
  probeStates,
  probeStatuses,
  silenceMs,
  tailMessage,
  valueTypes,
} from './index.ts';
import type { JsonSchema, Schema } from './schema/schema.ts';

// Peers of other versions and other languages hold these words. One that goes, or changes, breaks them; a new one is added here too.

it('keeps its version and its times', () => {
  expect({ protocolVersion, protocolHeader, keepAliveMs, silenceMs }).toEqual({
    protocolVersion: 1,
    protocolHeader: 'sonde-protocol',
    keepAliveMs: 15_000,
    silenceMs: 45_000,
  });
});

it('keeps the error codes', () => {
  expect(errorCodes).toEqual([
    'location.file-unknown',
    'location.file-ambiguous',
    'location.no-code',
    'location.unreachable',
    'expression.syntax',
    'expression.refused',
    'expression.unknown-name',
    'expression.redacted',
    'expression.side-effect',
    'expression.timeout',
    'expression.threw',
    'template.syntax',
    'probe.unknown',
    'probe.limit',
    'agent.unreachable',
    'agent.fault',
    'agent.over-budget',
    'event.unknown',
    'session.unknown',
    'request.malformed',
    'request.invalid',
    'request.too-large',
    'request.unknown-route',
    'request.method',
    'request.origin',
    'protocol.version',
    'token.missing',
    'token.unknown',
    'token.expired',
    'token.scope',
    'server.internal',
    'server.stopping',
    'server.storage-full',
  ]);
});

it('keeps the words of probes', () => {
  expect(probeKinds).toEqual(['snapshot', 'log']);
  expect(probeStatuses).toEqual(['pending', 'installed', 'emitting', 'throttled', 'error', 'removed']);
  expect(probeStates).toEqual(['active', 'completed', 'expired', 'deleted']);
  expect(logLevels).toEqual(['debug', 'info', 'warn', 'error']);
  expect(mechanisms).toEqual(['guard', 'breakpoint']);
  expect(gears).toEqual(['none', 'compiled', 'sandboxed']);
  expect(runtimes).toEqual(['node', 'python', 'java']);
});

it('keeps the words of captured values', () => {
  expect(missingReasons).toEqual(['depth', 'size', 'count', 'time', 'redacted', 'getter', 'error', 'unavailable']);
  expect(valueTypes).toEqual([
    'undefined',
    'null',
    'boolean',
    'number',
    'bigint',
    'string',
    'symbol',
    'function',
    'object',
    'array',
    'map',
    'set',
    'date',
    'regexp',
    'error',
    'promise',
    'bytes',
    'proxy',
  ]);
});

it('keeps the kinds of messages that have kinds', () => {
  expect(kindsOf(command)).toEqual(['probes', 'policy', 'explain', 'detach']);
  expect(kindsOf(tailMessage)).toEqual(['event', 'probe', 'gap']);
});

it('keeps the names of messages', () => {
  expect(Object.keys(messages)).toEqual([
    'session-request',
    'session-response',
    'command',
    'batch',
    'batch-response',
    'explanation',
    'problem-detail',
    'agent-list',
    'create-probe-request',
    'create-probe-response',
    'explain-request',
    'explain-response',
    'probe-record',
    'probe-list',
    'stored-event',
    'event-page',
    'tail-message',
    'server-info',
  ]);
});

it('keeps the routes', () => {
  expect(routeTable().routes.map(({ name, method, path }) => `${name}: ${method} ${path}`)).toEqual([
    'openSession: POST /agent/v1/sessions',
    'commands: GET /agent/v1/sessions/{sessionId}/commands',
    'sendBatch: POST /agent/v1/sessions/{sessionId}/events',
    'answer: POST /agent/v1/sessions/{sessionId}/answers/{askId}',
    'closeSession: DELETE /agent/v1/sessions/{sessionId}',
    'live: GET /livez',
    'ready: GET /readyz',
    'server: GET /api/v1/server',
    'listAgents: GET /api/v1/agents',
    'explain: POST /api/v1/explain',
    'createProbe: POST /api/v1/probes',
    'listProbes: GET /api/v1/probes',
    'getProbe: GET /api/v1/probes/{probeId}',
    'deleteProbe: DELETE /api/v1/probes/{probeId}',
    'listEvents: GET /api/v1/events',
    'tail: GET /api/v1/events/tail',
    'getEvent: GET /api/v1/events/{eventId}',
  ]);
});

it('keeps the limits a capture has when nobody says otherwise', () => {
  expect(defaultCaptureLimits).toEqual({
    maxDepth: 3,
    maxFields: 50,
    maxElements: 100,
    maxCharacters: 1_000,
    maxBytes: 262_144,
    timeoutMs: 3,
  });
});

function kindsOf(schema: Schema<unknown>): readonly unknown[] {
  const variants = schema.json['oneOf'] as readonly { readonly properties: { readonly kind: JsonSchema } }[];
  return variants.map(({ properties }) => properties.kind['const']);
}
