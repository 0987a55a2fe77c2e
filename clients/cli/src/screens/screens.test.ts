import { describe, expect, test } from 'vitest';
import { nowMs, snapshotEvent, storedOf } from '../../test/samples.ts';
import { plainPaint } from '../output/paint.ts';
import { printable } from '../output/printable.ts';
import { brief, lasting } from '../output/wording.ts';
import { problemLines } from './problem-screen.ts';
import { snapshotScreen } from './snapshot-screen.ts';

const view = { paint: plainPaint, columns: 100, nowMs, timeZone: 'UTC' };

test('a snapshot shows where and when, watches, an aligned tree with reasons, own frames first', () => {
  expect(snapshotScreen(storedOf(snapshotEvent), snapshotEvent, view).join('\n')).toMatchInlineSnapshot(`
    "snapshot src/orders.ts:42:5 in place
      2026-01-02 03:04:05.000 · shop on box (a_00000001) · trace 0af7651916cd43dd8448eb211c80319c span b7ad6b7169203331
      event e_00000001 of probe p_00000001

      Watches
        order.items.length  3
        order.pay()  the call would write (expression.side-effect)
            order.pay()
            ^^^^^^^^^^^

      Locals
        order         Order
          id          "o-\\u{1b}[31m1"
          total       1250.5
          cardNumber  ‹redacted›
          label       ‹getter, not run›
          customer    Customer … depth limit
          note        "abc" … of 100,000,000 characters
          items       Array(3)
            0         7n
            1         null
            … 1 more
          prices      Map(1)
            "eur"     true
          self        ↻ same as order
        ok            true

      Stack
        #0  place        src/orders.ts:42:5
        #2  (anonymous)  src/main.ts:7:3
        #1  dispatch     node_modules/router/index.js:10:1
        #3  emit         node:events:500:9

      redacted: masked inside the process; the value never left it
      deeper values: --depth N reads more levels
      longer texts: --characters N reads more of each
      more of them: --fields N and --elements N read more of each"
  `);
});

describe('text of an application', () => {
  test('cannot move the cursor, change colours or reverse the line', () => {
    expect(printable('a\u001b[2Jb\nc\u009bd\u202ee\u0007')).toBe('a\\u{1b}[2Jb\\nc\\u{9b}d\\u{202e}e\\u{7}');
  });

  test('keeps what people write', () => {
    expect(printable('Grüße 👩‍👧 注文')).toBe('Grüße 👩‍👧 注文');
  });
});

describe('a problem', () => {
  test('is underlined where its range says, past what had to be escaped', () => {
    const problem = { code: 'expression.refused', message: 'no assignment', range: { start: 4, end: 10 } } as const;
    expect(problemLines(problem, plainPaint, 'a\t+ b = 55').slice(1)).toEqual(['    a\\t+ b = 55', '         ^^^^^^']);
  });

  test('names the nearest lines with their text, as far as it is known', () => {
    const problem = { code: 'location.no-code', message: 'no code', nearestLines: [9, 10] } as const;
    const text = (line: number) => (line === 10 ? '  return total;' : undefined);
    expect(problemLines(problem, plainPaint, undefined, text)).toEqual([
      'no code (location.no-code)',
      '  nearest lines with code:',
      '     9',
      '    10  return total;',
    ]);
  });

  test('names the candidates', () => {
    const problem = {
      code: 'location.file-ambiguous',
      message: 'two files',
      candidates: ['a/x.ts', 'b/x.ts'],
    } as const;
    expect(problemLines(problem, plainPaint).slice(1)).toEqual(['  say more of the path:', '    a/x.ts', '    b/x.ts']);
  });
});

test('times are told in the unit that suits them', () => {
  expect([3_600_000, 3_599_000, 90_000, 1_500, 20].map(lasting)).toEqual(['1 h', '1 h', '2 min', '2 s', '20 ms']);
  expect([2.1, 50_400, 3_000_000].map(brief)).toEqual(['2.1 ns', '50 µs', '3 ms']);
});
