import { expect, it } from 'vitest';
import { explainProbe } from './explain-probe.ts';
import type { ProbeBuilder } from './probe-builder.ts';

it('answers with a reason when the agent itself fails, for a person waits', () => {
  const find = () => {
    throw new Error('a record is broken');
  };
  const deps = { find, builder: {} as ProbeBuilder, loadedFiles: () => 7 };
  expect(explainProbe(deps, { file: 'a.js', line: 1 }, undefined)).toMatchObject({
    outcome: 'refused',
    problems: [{ code: 'agent.fault', message: expect.stringContaining('a record is broken') }],
    loadedFiles: 7,
  });
});
