import assert from 'node:assert/strict';
import type { CapturedField, CapturedValue, SnapshotEvent } from '@sonde/protocol/agent';

/** A local variable of a snapshot. */
export function local(snapshot: SnapshotEvent, name: string): CapturedValue {
  return named(snapshot.locals, name);
}

/** A field of a captured object. */
export function field(value: CapturedValue, name: string): CapturedValue {
  return named(value.fields ?? [], name);
}

function named(fields: readonly CapturedField[], name: string): CapturedValue {
  const found = fields.find((candidate) => candidate.name === name);
  assert.ok(found, `no ${name} among ${fields.map((candidate) => candidate.name).join(', ') || 'nothing'}`);
  return found.value;
}

/** What a watch gave. */
export function watched(snapshot: SnapshotEvent, index: number): CapturedValue {
  const result = snapshot.watches[index];
  assert.ok(result?.value, `watch ${index} has no value: ${JSON.stringify(result)}`);
  return result.value;
}
