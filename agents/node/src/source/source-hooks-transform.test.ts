import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { supportedMajors } from '../../../../testing/src/node-runtimes.ts';
import { hitsByFile, runTarget, withoutAgent } from './test-run/run-target.ts';
import { buildTestAgent } from './test-run/test-agent.ts';

let agent: Awaited<ReturnType<typeof buildTestAgent>>;
beforeAll(async () => {
  agent = await buildTestAgent('real');
});
afterAll(() => agent.remove());

const targets = [
  { cwd: 'commonjs', args: ['app.cjs'], since: 20 },
  { cwd: 'modules', args: ['app.js'], since: 20 },
  { cwd: 'typescript', args: ['app.ts'], since: 22 },
  { cwd: 'tsx', args: ['--import=tsx', 'app.ts'], since: 20 },
  { cwd: 'tsx-commonjs', args: ['--import=tsx', 'app.ts'], since: 20 },
];

describe.each(supportedMajors())('with the real transform on Node %i', (major) => {
  it.each(targets.filter(({ since }) => major >= since))('every guard of $cwd can be hit', async ({ cwd, args }) => {
    const target = { major, cwd, args: ['AGENT', ...args] };
    const [result, plain] = await Promise.all([
      runTarget(target, agent.folder),
      runTarget(withoutAgent(target), agent.folder),
    ]);
    expect(result).toMatchObject({ stdout: plain.stdout, stderr: plain.stderr, exitCode: 0 });
    const counts = Object.values(result.report ? hitsByFile(result.report) : {}).flat();
    expect(counts.length).toBeGreaterThan(1);
    expect(counts.filter((count) => count.endsWith(' 0'))).toEqual([]);
  });

  it('positions of an error under tsx are those of the TypeScript file', async () => {
    const { stderr } = await runTarget(
      { major, cwd: 'tsx', args: ['AGENT', '--import=tsx', 'throws.ts'] },
      agent.folder,
    );
    expect(stderr).toContain('throws.ts:7:11');
    expect(stderr).toContain('throws.ts:12:1');
  });
});
