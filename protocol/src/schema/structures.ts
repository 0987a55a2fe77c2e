import { DecodeError, type Infer, type JsonSchema, type Schema } from './schema.ts';

/** Marks a field of `object` that may be absent. */
export interface Optional<T> {
  readonly optional: Schema<T>;
}

export function optional<T>(schema: Schema<T>): Optional<T> {
  return { optional: schema };
}

export type Fields = { readonly [name: string]: Schema<unknown> | Optional<unknown> };
type RequiredNames<F> = { [K in keyof F]: F[K] extends Optional<unknown> ? never : K }[keyof F];
type OptionalNames<F> = { [K in keyof F]: F[K] extends Optional<unknown> ? K : never }[keyof F];
type Flat<T> = { [K in keyof T]: T[K] };
export type FieldsType<F extends Fields> = Flat<
  { readonly [K in RequiredNames<F>]: Infer<F[K]> } & {
    readonly [K in OptionalNames<F>]?: F[K] extends Optional<infer T> ? T : never;
  }
>;

/** An object with these fields. Unknown fields are ignored, so that a newer peer may send more. */
export function object<F extends Fields>(
  fields: F,
  description?: string,
): Schema<FieldsType<F>> & { readonly fields: F } {
  const readers = Object.entries(fields).map(([name, field]) =>
    'optional' in field ? { name, schema: field.optional, required: false } : { name, schema: field, required: true },
  );
  const properties: { [name: string]: JsonSchema } = {};
  for (const { name, schema } of readers) properties[name] = schema.json;
  const required = readers.filter((reader) => reader.required).map((reader) => reader.name);
  return {
    fields,
    json: { type: 'object', ...(description && { description }), properties, ...(required.length > 0 && { required }) },
    decode(value, path = '') {
      if (!isObject(value)) throw new DecodeError(path, 'an object', value);
      const result: { [name: string]: unknown } = {};
      for (const { name, schema, required } of readers) {
        const own = Object.hasOwn(value, name) ? value[name] : undefined;
        if (own !== undefined) result[name] = schema.decode(own, join(path, name));
        else if (required) throw new DecodeError(join(path, name), 'a value', own);
      }
      return result as FieldsType<F>;
    },
  };
}

/** A list of at most `max` items. */
export function array<T>(item: Schema<T>, bounds: { readonly max: number }): Schema<readonly T[]> {
  return {
    json: { type: 'array', items: item.json, maxItems: bounds.max },
    decode(value, path = '') {
      if (!Array.isArray(value) || value.length > bounds.max)
        throw new DecodeError(path, `a list of at most ${bounds.max}`, value);
      return value.map((element, index) => item.decode(element, `${path}[${index}]`));
    },
  };
}

/** An object of free keys. It has no prototype, so a key such as `__proto__` is a key like any other. */
export function record<T>(
  value: Schema<T>,
  bounds: { readonly max: number; readonly maxKey: number },
): Schema<{ readonly [key: string]: T }> {
  return {
    json: {
      type: 'object',
      propertyNames: { maxLength: bounds.maxKey },
      additionalProperties: value.json,
      maxProperties: bounds.max,
    },
    decode(input, path = '') {
      if (!isObject(input)) throw new DecodeError(path, 'an object', input);
      const keys = Object.keys(input);
      if (keys.length > bounds.max) throw new DecodeError(path, `at most ${bounds.max} keys`, input);
      const result: { [key: string]: T } = Object.create(null);
      for (const key of keys) {
        if (key.length > bounds.maxKey) throw new DecodeError(path, `keys of at most ${bounds.maxKey} characters`, key);
        result[key] = value.decode(input[key], join(path, key));
      }
      return result;
    },
  };
}

/** One of several objects, told apart by the word in field `tag`. */
export function variant<const T extends string, V extends { readonly [word: string]: Fields }>(
  tag: T,
  variants: V,
): Schema<{ [W in keyof V & string]: Flat<{ readonly [K in T]: W } & FieldsType<V[W]>> }[keyof V & string]> {
  const schemas = new Map(Object.entries(variants).map(([word, fields]) => [word, object(fields)]));
  const json = [...schemas].map(([word, schema]) => ({
    ...schema.json,
    properties: { [tag]: { const: word }, ...(schema.json['properties'] as JsonSchema) },
    required: [tag, ...((schema.json['required'] as readonly string[] | undefined) ?? [])],
  }));
  return {
    json: { oneOf: json },
    decode(value, path = '') {
      if (!isObject(value)) throw new DecodeError(path, 'an object', value);
      const word = Object.hasOwn(value, tag) ? value[tag] : undefined;
      const schema = typeof word === 'string' ? schemas.get(word) : undefined;
      if (!schema) throw new DecodeError(join(path, tag), `one of ${[...schemas.keys()].join(', ')}`, word);
      return { [tag]: word, ...schema.decode(value, path) } as never;
    },
  };
}

/** A schema that refers to itself; `name` is its key under `$defs` of the written JSON Schema. */
export function recursive<T>(name: string, build: (self: Schema<T>) => Schema<T>, maxDepth: number): Schema<T> {
  let depth = 0;
  const self: Schema<T> = {
    json: { $ref: `#/$defs/${name}` },
    decode(value, path = '') {
      if (depth >= maxDepth) throw new DecodeError(path, `at most ${maxDepth} levels`, value);
      depth += 1;
      try {
        return inner.decode(value, path);
      } finally {
        depth -= 1;
      }
    },
  };
  const inner = build(self);
  return { json: { ...self.json, $defs: { [name]: inner.json } }, decode: self.decode };
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function join(path: string, name: string): string {
  return path ? `${path}.${name}` : name;
}
