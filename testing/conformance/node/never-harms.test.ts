import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { supportedMajors } from '../../src/node-runtimes.ts';
import { type AgentBuild, buildAgent } from './agent-build.ts';
import { draftsOnWork, type ProgramRun, runProgram, runUnderProbes } from './run-program.ts';

let agent: AgentBuild;

beforeAll(async () => {
  agent = await buildAgent();
});
afterAll(() => agent.remove());

interface Program {
  readonly file: string;
  readonly what: string;
  readonly options?: readonly string[];
  /** How often each probe sees its line, at least. */
  readonly hits?: number;
}

const programsEverywhere: readonly Program[] = [
  { file: 'ordinary.mjs', what: 'comes to its end' },
  { file: 'exit.mjs', what: 'calls process.exit' },
  { file: 'uncaught.mjs', what: 'dies of an exception, as an ES module' },
  { file: 'uncaught.cjs', what: 'dies of an exception, as CommonJS' },
  { file: 'rejection.mjs', what: 'dies of a rejection that nobody handles' },
  { file: 'sigterm.mjs', what: 'dies of a signal' },
];

const programsOnce: readonly Program[] = [
  { file: 'own-signal-handler.mjs', what: 'handles its signals' },
  { file: 'syntax-error.mjs', what: 'imports what cannot be loaded' },
  { file: 'own-stack-format.mjs', what: 'formats stacks by itself' },
  { file: 'throwing-stack-format.mjs', what: 'has stacks that cannot be formatted' },
  { file: 'patched.mjs', what: 'has broken built-in functions' },
  { file: 'fake-timers.mjs', what: 'has put its own clock and timers in' },
  { file: 'threads.mjs', what: 'starts threads' },
  {
    file: 'ordinary.mjs',
    what: 'allows no code from strings',
    options: ['--disallow-code-generation-from-strings'],
  },
];

const combinations = [
  ...supportedMajors().flatMap((major) => programsEverywhere.map((program) => ({ ...program, major }))),
  ...programsOnce.map((program) => ({ ...program, major: 24 })),
];

describe.each(combinations)('a program that $what ($file on Node $major)', ({ file, major, options = [] }) => {
  const bare: ProgramRun = { file, major, options };
  const plain = runOnce(() => runProgram(bare));
  const withAgent = () => ({ ...bare, options: [agent.option, ...options] });

  it('does the same under the agent', async () => {
    const { end, server } = await runUnderProbes(withAgent(), []);
    expect(end).toEqual(await plain());
    expect(server.sessions.length).toBeGreaterThan(0);
    expect(server.takeViolations()).toEqual([]);
  });

  it('does the same under probes, which send what they see', async () => {
    const { end, server, probes, scene } = await runUnderProbes(withAgent(), draftsOnWork);
    expect(end).toEqual(await plain());
    for (const probe of probes) {
      const events = [...scene.snapshots(probe), ...scene.logs(probe)];
      expect(events.length, JSON.stringify(scene.lastReport(probe))).toBeGreaterThan(0);
    }
    expect(server.takeViolations()).toEqual([]);
  });
});

function runOnce<T>(run: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= run();
    return result;
  };
}
