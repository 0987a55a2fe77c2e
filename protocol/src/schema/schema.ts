/** A JSON Schema (2020-12) as plain data. */
export type JsonSchema = { readonly [key: string]: unknown };

/** Describes one shape of the wire: its TypeScript type, its JSON Schema and its decoder, from one description. */
export interface Schema<T> {
  readonly json: JsonSchema;
  /** Returns the value as `T`, without fields nobody described, or throws a `DecodeError` that names the field. */
  decode(value: unknown, path?: string): T;
}

/** The TypeScript type that a schema describes. */
export type Infer<S> = S extends Schema<infer T> ? T : never;

/** Says which field of a message is not what the protocol asks for. `path` is dotted, empty for the whole message. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
  readonly path: string;

  constructor(path: string, expected: string, value: unknown) {
    super(`${path || 'message'}: expected ${expected}, got ${describe(value)}`);
    this.path = path;
  }
}

/** Short, because what was sent may be megabytes long. It may quote the sender: tell the sender, and nobody else. */
function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'string')
    return value.length > 40 ? `a string of ${value.length} characters` : JSON.stringify(value);
  if (typeof value === 'object') return 'an object';
  return String(value);
}
