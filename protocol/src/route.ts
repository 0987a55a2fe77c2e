import type { Schema } from './schema/schema.ts';

export type HttpMethod = 'GET' | 'POST' | 'DELETE';

/** Who may call: anyone, an agent's token, or an admin's token. */
export type Audience = 'anyone' | 'agent' | 'admin';

/** One call of the HTTP API. Server, client and documentation all derive from it. */
export interface Route<Params = unknown, Query = unknown, Request = unknown, Response = unknown> {
  readonly method: HttpMethod;
  /** With `{name}` where a path segment is a parameter. */
  readonly path: string;
  readonly summary: string;
  readonly audience: Audience;
  readonly params: Schema<Params>;
  /** Query values arrive as text. */
  readonly query: Schema<Query>;
  /** `undefined`: the call has no body. */
  readonly request: Schema<Request> | undefined;
  /** For `stream: true`, the message that each server-sent event carries; `undefined`: 204 without a body. */
  readonly response: Schema<Response> | undefined;
  readonly stream: boolean;
  readonly maxBodyBytes: number;
}
