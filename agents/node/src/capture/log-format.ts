import type { CaptureLimits } from '@sonde/protocol/agent';
import { objectIs, slice, toText } from '../intrinsics/intrinsics.ts';
import type { Capture } from './capture-value.ts';
import { formatCaptured } from './format-value.ts';

// A line is read as a line: enough to know an object by, whatever a snapshot of it may hold.
const maxDepth = 2;
const maxFields = 8;
const maxElements = 5;

/** Writes a value into a log line. Never throws and runs nothing of the application. */
export function createLogFormat(capture: Capture, limits: CaptureLimits): (value: unknown) => string {
  const lineLimits: CaptureLimits = {
    ...limits,
    maxDepth: Math.min(maxDepth, limits.maxDepth),
    maxFields: Math.min(maxFields, limits.maxFields),
    maxElements: Math.min(maxElements, limits.maxElements),
  };
  const { maxCharacters } = limits;
  return (value) => {
    if (typeof value === 'string' && value.length <= maxCharacters) return value;
    if (typeof value === 'number' && !objectIs(value, -0)) return toText(value);
    if (typeof value === 'boolean') return toText(value);
    const text = formatCaptured(capture.begin(lineLimits).captureValue(value));
    return text.length > maxCharacters + 40 ? `${slice(text, 0, maxCharacters)}…` : text;
  };
}
