import { oneOf } from './schema/scalars.ts';
import type { Infer } from './schema/schema.ts';

/**
 * Every reason that Sonde gives for a refusal or a failure, on the wire and in exit messages. Programs branch on these,
 * never on the text beside them. The part before the dot names what is at fault.
 */
export const errorCodes = [
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
] as const;

export const errorCode = oneOf(errorCodes);
export type ErrorCode = Infer<typeof errorCode>;
