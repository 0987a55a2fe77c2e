import { defaultCaptureLimits } from '@sonde/protocol/agent';
import { describe, expect, it } from 'vitest';
import { createRedaction } from '../redaction/redaction.ts';
import { createCapture } from './capture-value.ts';
import { createLogFormat } from './log-format.ts';

const redaction = createRedaction({ version: 0, names: [], exceptNames: [] });
const capture = createCapture({ redaction, nowMs: () => 0 });
const format = createLogFormat(capture, { ...defaultCaptureLimits, maxCharacters: 100 });

class Order {
  id = 7;
  password = 'hunter2';
  customer = { name: 'Ada', address: { city: 'Oslo' } };
  get total(): number {
    throw new Error('ran');
  }
}

describe('a value in a log line', () => {
  it.each<[unknown, string]>([
    ['as it is', 'as it is'],
    [7, '7'],
    [-0, '-0'],
    [7n, '7n'],
    [null, 'null'],
    [undefined, 'undefined'],
    [Symbol('s'), 'Symbol(s)'],
    [new Order(), 'Order {id: 7, password: [redacted], customer: {name: "Ada", address: [object]}}'],
    [[1, 'a', 3, 4, 5, 6], '[1, "a", 3, 4, 5, … 1 more]'],
    [new Map([['a', 1]]), 'Map {"a" => 1}'],
    [new Set([1]), 'Set {1}'],
    [new TypeError('no'), 'TypeError: no'],
    [new Date(0), '1970-01-01T00:00:00.000Z'],
    [/x/g, '/x/g'],
    [Promise.resolve(), '[promise]'],
    [new Proxy({}, {}), '[proxy]'],
    [Buffer.from('hi'), 'Buffer <6869>'],
    [class A {}, '[class A]'],
    [{ two: 'lines\nhere' }, '{two: "lines\\nhere"}'],
    ['x'.repeat(200), `${'x'.repeat(100)}… (200 characters)`],
  ])('%#', (value, expected) => expect(format(value)).toBe(expected));

  it('is bounded however wide the value is', () => {
    const wide = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`k${index}`, 'y'.repeat(90)]));
    expect(format(wide).length).toBeLessThan(150);
  });
});
