import { expect, it } from 'vitest';
import { mayHoldCode } from './code-on-line.ts';

const text = `/**
 * Text.
 */
const a = b
  * c;
  // end
});

`;

it.each([
  [1, false],
  [2, false],
  [3, false],
  [4, true],
  [5, true],
  [6, false],
  [7, false],
  [8, false],
  [99, false],
])('line %i: %s', (line, holds) => {
  expect(mayHoldCode(text, line)).toBe(holds);
});
