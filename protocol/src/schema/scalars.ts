import { DecodeError, type Schema } from './schema.ts';

interface StringBounds {
  readonly min?: number;
  readonly max: number;
  readonly pattern?: RegExp;
  readonly description?: string;
}

/** Text of at most `max` UTF-16 units; every string of the protocol says its bound. */
export function string(bounds: StringBounds): Schema<string> {
  const { min = 0, max, pattern, description } = bounds;
  const expected = pattern ? `text like ${pattern.source}` : `text of ${min} to ${max} characters`;
  return {
    json: {
      type: 'string',
      ...(min > 0 && { minLength: min }),
      maxLength: max,
      ...(pattern && { pattern: pattern.source }),
      ...(description && { description }),
    },
    decode(value, path = '') {
      if (typeof value !== 'string' || value.length < min || value.length > max)
        throw new DecodeError(path, expected, value);
      if (pattern && !pattern.test(value)) throw new DecodeError(path, expected, value);
      return value;
    },
  };
}

interface NumberBounds {
  readonly min: number;
  readonly max: number;
  readonly description?: string;
}

/** A whole number within its bounds. */
export function integer(bounds: NumberBounds): Schema<number> {
  return numeric('integer', bounds, Number.isSafeInteger);
}

/** A finite number within its bounds. */
export function number(bounds: NumberBounds): Schema<number> {
  return numeric('number', bounds, Number.isFinite);
}

function numeric(type: string, bounds: NumberBounds, accepts: (value: unknown) => boolean): Schema<number> {
  const { min, max, description } = bounds;
  return {
    json: { type, minimum: min, maximum: max, ...(description && { description }) },
    decode(value, path = '') {
      if (typeof value === 'number' && accepts(value) && value >= min && value <= max) return value;
      throw new DecodeError(path, `${type === 'integer' ? 'a whole number' : 'a number'} from ${min} to ${max}`, value);
    },
  };
}

/** One of the given words. */
export function oneOf<const W extends string>(words: readonly W[]): Schema<W> {
  return {
    json: { enum: words },
    decode(value, path = '') {
      const word = words.find((candidate) => candidate === value);
      if (word === undefined) throw new DecodeError(path, `one of ${words.join(', ')}`, value);
      return word;
    },
  };
}
