import { callNeeded } from './interruption.ts';
import type { BinaryOperator, UnaryOperator } from './tree.ts';

// Operators on primitives run nothing; on objects they call valueOf, toString or Symbol.toPrimitive. These are the
// operations behind the checks that compiled source does by itself, and for the operands that it did not expect.

type Primitive = string | number | boolean | bigint | symbol | null | undefined;

// One function for each operator, typed as numbers because that is what the language computes with; strings and
// bigints behave the same in JavaScript.
const operations: { readonly [operator in BinaryOperator]?: (left: number, right: number) => unknown } = {
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '%': (left, right) => left % right,
  '**': (left, right) => left ** right,
  '&': (left, right) => left & right,
  '|': (left, right) => left | right,
  '^': (left, right) => left ^ right,
  '<<': (left, right) => left << right,
  '>>': (left, right) => left >> right,
  '>>>': (left, right) => left >>> right,
};

export function isPrimitive(value: unknown): value is Primitive {
  return value === null || (typeof value !== 'object' && typeof value !== 'function');
}

export function guardedBinary(operator: BinaryOperator): (left: unknown, right: unknown) => unknown {
  const operate = operations[operator];
  if (operate === undefined) throw new Error(`no operation for ${operator}`);
  return (left, right) => {
    if (isPrimitive(left) && isPrimitive(right)) return operate(left as number, right as number);
    throw callNeeded(`${operator} on an object`);
  };
}

/** `==` between an object and null, undefined or another object converts nothing. */
export function guardedEqual(left: unknown, right: unknown): boolean {
  if (isPrimitive(left) ? isPrimitive(right) || left === null || left === undefined : right === null) {
    // biome-ignore lint/suspicious/noDoubleEquals: it is the operator that the author wrote
    return left == right;
  }
  if (right === undefined) return false;
  if (!isPrimitive(left) && !isPrimitive(right)) return left === right;
  throw callNeeded('== on an object');
}

export function guardedUnary(operator: Exclude<UnaryOperator, '!' | 'typeof'>): (value: unknown) => unknown {
  return (value) => {
    if (!isPrimitive(value)) throw callNeeded(`${operator} on an object`);
    if (operator === '-') return -(value as number);
    return operator === '+' ? +(value as number) : ~(value as number);
  };
}

/** What a part of a template literal reads as. */
export function guardedText(value: unknown): string {
  if (isPrimitive(value)) return `${value as string}`;
  throw callNeeded('writing an object as text');
}
