import { randomInt } from 'node:crypto';
import { type CapturedValue, type CaptureLimits, capturedField, defaultCaptureLimits } from '@sonde/protocol/agent';
import { describe, expect, it } from 'vitest';
import { createRedaction } from '../redaction/redaction.ts';
import { createCapture } from './capture-value.ts';
import { randomGraph, seededRandom } from './test-support/random-graph.ts';

const redaction = createRedaction({ version: 0, names: [], exceptNames: [] });
const firstSeed = Number(process.env['SONDE_SEED'] ?? randomInt(1_000_000_000));
const graphs = 3_000;

function depthOf(value: CapturedValue): number {
  const children = [
    ...(value.fields ?? []).map((field) => field.value),
    ...(value.elements ?? []),
    ...(value.entries ?? []).flatMap((entry) => [entry.key, entry.value]),
  ];
  return children.length === 0 ? 0 : 1 + Math.max(...children.map(depthOf));
}

function widest(value: CapturedValue, part: 'fields' | 'elements' | 'entries'): number {
  const inner = [
    ...(value.fields ?? []).map((field) => field.value),
    ...(value.elements ?? []),
    ...(value.entries ?? []).flatMap((entry) => [entry.key, entry.value]),
  ];
  return Math.max(value[part]?.length ?? 0, ...inner.map((child) => widest(child, part)));
}

describe(`graphs made at random, SONDE_SEED=${firstSeed}`, () => {
  it('never throw, never run, hold every limit, and are what the protocol accepts', () => {
    for (let seed = firstSeed; seed < firstSeed + graphs; seed += 1) {
      let runs = 0;
      const random = seededRandom(seed);
      const graph = randomGraph(random, () => {
        runs += 1;
        throw new Error('the graph ran');
      });
      const limits: CaptureLimits = {
        ...defaultCaptureLimits,
        maxDepth: Math.floor(random() * 6),
        maxFields: Math.floor(random() * 8),
        maxElements: Math.floor(random() * 8),
        maxCharacters: Math.floor(random() * 50),
        maxBytes: 256 + Math.floor(random() * 4_000),
      };
      const locals = createCapture({ redaction, nowMs: () => 0 })
        .begin(limits)
        .captureLocals(['a', 'b'], [graph, [graph]]);
      expect(runs, `seed ${seed}`).toBe(0);
      const text = JSON.stringify(locals);
      expect(Buffer.byteLength(text), `seed ${seed}`).toBeLessThanOrEqual(limits.maxBytes);
      for (const { value } of locals) {
        expect(depthOf(value), `seed ${seed}`).toBeLessThanOrEqual(limits.maxDepth);
        expect(widest(value, 'elements'), `seed ${seed}`).toBeLessThanOrEqual(limits.maxElements);
        expect(widest(value, 'entries'), `seed ${seed}`).toBeLessThanOrEqual(limits.maxElements);
        // An error has four parts of its own besides the fields that were added to it.
        expect(widest(value, 'fields'), `seed ${seed}`).toBeLessThanOrEqual(limits.maxFields + 4);
      }
      for (const field of JSON.parse(text)) capturedField.decode(field);
    }
  });
});
