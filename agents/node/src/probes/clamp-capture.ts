import type { CaptureLimits } from '@sonde/protocol/agent';

/** What a probe asks for, as far as the policy allows it. */
export function clampCapture(asked: CaptureLimits, most: CaptureLimits): CaptureLimits {
  return {
    maxDepth: Math.min(asked.maxDepth, most.maxDepth),
    maxFields: Math.min(asked.maxFields, most.maxFields),
    maxElements: Math.min(asked.maxElements, most.maxElements),
    maxCharacters: Math.min(asked.maxCharacters, most.maxCharacters),
    maxBytes: Math.min(asked.maxBytes, most.maxBytes),
    timeoutMs: Math.min(asked.timeoutMs, most.timeoutMs),
  };
}
