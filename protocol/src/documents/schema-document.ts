import type { JsonSchema, Schema } from '../schema/schema.ts';

/** A JSON Schema that stands by itself: named, and with `$defs` at its root, where `#/$defs/…` looks for them. */
export function schemaDocument(name: string, schema: Schema<unknown>): JsonSchema {
  const definitions: { [name: string]: unknown } = {};
  const body = hoist(schema.json, definitions);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:sonde:schema:${name}`,
    title: name,
    ...(body as JsonSchema),
    ...(Object.keys(definitions).length > 0 && { $defs: definitions }),
  };
}

function hoist(node: unknown, definitions: { [name: string]: unknown }): unknown {
  if (Array.isArray(node)) return node.map((element) => hoist(element, definitions));
  if (typeof node !== 'object' || node === null) return node;
  const { $defs, ...rest } = node as { readonly $defs?: JsonSchema; readonly [key: string]: unknown };
  for (const [name, definition] of Object.entries($defs ?? {}))
    define(name, hoist(definition, definitions), definitions);
  return Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, hoist(value, definitions)]));
}

function define(name: string, definition: unknown, definitions: { [name: string]: unknown }): void {
  const known = definitions[name];
  // Two recursive schemas of one name would silently read as the one that came last.
  if (known !== undefined && JSON.stringify(known) !== JSON.stringify(definition))
    throw new Error(`two different schemas are called ${name}`);
  definitions[name] = definition;
}
