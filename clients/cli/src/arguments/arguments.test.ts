import { describe, expect, test } from 'vitest';
import { collectTag, collectText } from './collect.ts';
import { parseDuration } from './duration.ts';
import { parsePlace } from './place.ts';
import { wholeNumber } from './whole-number.ts';

describe('a place', () => {
  test.each([
    ['src/orders.ts:42', { file: 'src/orders.ts', line: 42 }],
    ['src/orders.ts:42:7', { file: 'src/orders.ts', line: 42, column: 7 }],
    ['./src/./orders.ts:1', { file: 'src/orders.ts', line: 1 }],
    ['src/lib/../orders.ts:1', { file: 'src/orders.ts', line: 1 }],
    ['../server/main.ts:1', { file: 'server/main.ts', line: 1 }],
    ['src\\orders.ts:3', { file: 'src/orders.ts', line: 3 }],
    ['/srv/app/orders.ts:3', { file: '/srv/app/orders.ts', line: 3 }],
    ['C:\\app\\orders.ts:3', { file: 'C:/app/orders.ts', line: 3 }],
    ['file:///srv/my%20app/orders.ts:3', { file: '/srv/my app/orders.ts', line: 3 }],
  ])('%s is read', (text, place) => {
    expect(parsePlace(text)).toEqual(place);
  });

  test.each(['src/orders.ts', 'src/orders.ts:', ':42', 'src/orders.ts:x', 'src/orders.ts:0', 'a.ts:1:0', ''])(
    '%j is refused',
    (text) => {
      expect(() => parsePlace(text)).toThrow();
    },
  );
});

describe('a duration', () => {
  test.each([
    ['500ms', 500],
    ['60s', 60_000],
    ['1.5h', 5_400_000],
    ['10m', 600_000],
    ['7d', 604_800_000],
  ])('%s is read', (text, durationMs) => {
    expect(parseDuration(text)).toBe(durationMs);
  });

  test.each(['60', 's', '-1s', '1 s', '0s', '1w', ''])('%j is refused', (text) => {
    expect(() => parseDuration(text)).toThrow();
  });
});

test('options that repeat collect their values', () => {
  expect(collectText('b', collectText('a'))).toEqual(['a', 'b']);
  expect(collectTag('query=a=b', collectTag('env=prod'))).toEqual({ env: 'prod', query: 'a=b' });
  expect(() => collectTag('env')).toThrow('key=value');
});

test('a whole number stays within its bounds', () => {
  const read = wholeNumber(1, 10);
  expect(read('10')).toBe(10);
  for (const text of ['0', '11', '1.5', 'x', '', '1e1']) expect(() => read(text)).toThrow('from 1 to 10');
});
