import { integer, oneOf, string } from '../schema/scalars.ts';
import type { Schema } from '../schema/schema.ts';
import { array, object, optional, recursive } from '../schema/structures.ts';

/** What kind of value was read. Languages map theirs to these; `className` says the rest. */
export const valueTypes = [
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
] as const;
export type ValueType = (typeof valueTypes)[number];

/** Why something is not there. */
export const missingReasons = ['depth', 'size', 'count', 'time', 'redacted', 'getter', 'error', 'unavailable'] as const;
export type MissingReason = (typeof missingReasons)[number];

/** A named part: a local, a field, a private field (`#total`), a symbol key (`Symbol(kind)`). */
export interface CapturedField {
  readonly name: string;
  readonly value: CapturedValue;
}

export interface CapturedEntry {
  readonly key: CapturedValue;
  readonly value: CapturedValue;
}

/**
 * What was read of one value. `text` is its short form (a number's digits, a string's characters). `size` is the real
 * number of characters, fields, elements, entries or bytes when not all are here. `id` numbers an object that is met
 * again in the same capture; where it is met again stands only `ref`. `missing` says why something, or the rest, is
 * not here.
 */
export interface CapturedValue {
  readonly type: ValueType;
  readonly className?: string;
  readonly text?: string;
  readonly fields?: readonly CapturedField[];
  readonly elements?: readonly CapturedValue[];
  readonly entries?: readonly CapturedEntry[];
  readonly size?: number;
  readonly id?: number;
  readonly ref?: number;
  readonly missing?: MissingReason;
}

/** Deeper than any capture limit, so only a broken or hostile agent meets it. */
const maxLevels = 64;
const maxParts = 10_000;
const maxNumber = Number.MAX_SAFE_INTEGER;
const name = string({ max: 1_000 });

export const capturedValue: Schema<CapturedValue> = recursive(
  'capturedValue',
  (self: Schema<CapturedValue>): Schema<CapturedValue> =>
    object({
      type: oneOf(valueTypes),
      className: optional(name),
      text: optional(string({ max: 1_000_000 })),
      fields: optional(array(object({ name, value: self }), { max: maxParts })),
      elements: optional(array(self, { max: maxParts })),
      entries: optional(array(object({ key: self, value: self }), { max: maxParts })),
      size: optional(integer({ min: 0, max: maxNumber })),
      id: optional(integer({ min: 1, max: maxNumber })),
      ref: optional(integer({ min: 1, max: maxNumber })),
      missing: optional(oneOf(missingReasons)),
    }) as Schema<CapturedValue>,
  maxLevels,
);

export const capturedField: Schema<CapturedField> = object({ name, value: capturedValue });
