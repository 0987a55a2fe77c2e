import { defaultCaptureLimits } from '@sonde/protocol/agent';
import { expect, it } from 'vitest';
import { clampCapture } from './clamp-capture.ts';

it('takes the smaller of what is asked and what is allowed, limit by limit', () => {
  const asked = { maxDepth: 9, maxFields: 1, maxElements: 9, maxCharacters: 1, maxBytes: 900, timeoutMs: 1 };
  const most = { maxDepth: 2, maxFields: 8, maxElements: 2, maxCharacters: 8, maxBytes: 300, timeoutMs: 8 };
  expect(clampCapture(asked, most)).toEqual({
    maxDepth: 2,
    maxFields: 1,
    maxElements: 2,
    maxCharacters: 1,
    maxBytes: 300,
    timeoutMs: 1,
  });
  expect(clampCapture(defaultCaptureLimits, defaultCaptureLimits)).toEqual(defaultCaptureLimits);
});
