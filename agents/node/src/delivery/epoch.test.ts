import { expect, it } from 'vitest';
import { epochNs } from './epoch.ts';

it('counts nanoseconds since 1970 with the precision of a microsecond', () => {
  expect(epochNs(1_700_000_000_000.5)(1.2345)).toBe('1700000000001735000');
});
