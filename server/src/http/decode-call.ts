import { DecodeError, type ErrorCode, protocolHeader, protocolVersion, type Schema } from '@sonde/protocol';
import { Refusal } from '../refusal.ts';

const maxField = 200;

/** Decodes a part of a request; what does not fit is refused with the field's path. */
export function decodePart<T>(schema: Schema<T>, value: unknown): T {
  try {
    return schema.decode(value);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const problem = {
      code: 'request.invalid',
      message: error.message.slice(0, 2_000),
      field: error.path.slice(0, maxField),
    } as const;
    throw new Refusal(problem.code, problem.message, [problem]);
  }
}

/** Nothing can be where an id is none: the refusal is the same as for one that nothing has. */
const unknownBy: { readonly [param: string]: ErrorCode } = {
  probeId: 'probe.unknown',
  eventId: 'event.unknown',
  sessionId: 'session.unknown',
};

export function decodeParams<T>(schema: Schema<T>, params: { readonly [name: string]: string }): T {
  try {
    return schema.decode(params);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const shown = params[error.path]?.slice(0, 100);
    throw new Refusal(unknownBy[error.path] ?? 'request.unknown-route', `There is no ${shown}: not an id of ours`);
  }
}

/** Each name once: of two values neither is surely the one that was meant. */
export function decodeQuery<T>(schema: Schema<T>, query: URLSearchParams): T {
  const values: { [name: string]: string } = Object.create(null);
  for (const [name, value] of query) {
    if (Object.hasOwn(values, name)) {
      throw new Refusal('request.invalid', `${name.slice(0, 100)}: expected once, got several`);
    }
    values[name] = value;
  }
  return decodePart(schema, values);
}

export function requireProtocol(header: string | readonly string[] | undefined): void {
  if (header === undefined || header === String(protocolVersion)) return;
  throw new Refusal(
    'protocol.version',
    `The request speaks version ${String(header).slice(0, 40)} of the protocol (${protocolHeader}), this server version ${protocolVersion}: use a matching release`,
  );
}
