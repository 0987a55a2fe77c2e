import { join } from 'node:path';
import type { Probe, ProbeDraft } from '@sonde/protocol/agent';
import { type FakeServer, startFakeServer } from '../../src/fake-server.ts';
import { runtimePath } from '../../src/node-runtimes.ts';
import { probeLine } from '../../src/probe-marker.ts';
import { ProgramProcess } from '../program-process.ts';
import { Scene } from '../scene.ts';
import type { ProcessEnd } from '../target.ts';
import { javascriptDialect } from './javascript-dialect.ts';
import { testTargets } from './start-node-target.ts';

const programs = join(testTargets, 'programs');

export interface ProgramRun {
  readonly file: string;
  readonly major: number;
  /** Options of Node, the agent's among them. */
  readonly options?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

export function startProgram({ file, major, options = [], env = {} }: ProgramRun): ProgramProcess {
  return new ProgramProcess({ command: runtimePath(major), args: [...options, file], cwd: programs, env });
}

/** Runs a program that waits for a line before it does its work. */
export async function runProgram(run: ProgramRun, ready: () => Promise<unknown> = async () => {}): Promise<ProcessEnd> {
  const program = startProgram(run);
  const failed = ready().catch((error: Error) => error);
  const early = await Promise.race([failed, program.ended()]);
  // What it waited for did not come: it is let go all the same, so that nothing is left behind.
  program.write('go\n');
  const end = await program.ended();
  if (early instanceof Error) throw new Error(`${early.message}\n${JSON.stringify(end)}`);
  return visible(end);
}

/** The number of a process is all that may differ between two runs. */
function visible(end: ProcessEnd): ProcessEnd {
  return { ...end, stderr: end.stderr.replaceAll(/\(node:\d+\)/g, '(node)') };
}

export interface RunUnderProbes {
  readonly end: ProcessEnd;
  readonly server: FakeServer;
  readonly probes: readonly Probe[];
  readonly scene: Scene;
}

/** Where the line of a program's work is. */
export function placeOf(mark: string, file: string) {
  return { file, line: probeLine(join(programs, file), mark) };
}

/** What is put on the line of work: every kind of probe and expression. */
export const draftsOnWork: readonly ProbeDraft[] = (() => {
  const location = placeOf('hit', 'work.cjs');
  return [
    { kind: 'snapshot', location, watches: ['order.total', 'order.getTotal()'] },
    { kind: 'snapshot', location, watches: [], condition: 'order.getTotal() > 1' },
    { kind: 'log', location, template: 'total {order.total} {order}', level: 'info', condition: 'order.total > 1' },
    { kind: 'log', location, template: 'called {order.getTotal()}', level: 'info' },
  ];
})();

/** Runs a program under the agent, with these probes standing before it does its work. */
export async function runUnderProbes(
  run: ProgramRun,
  drafts: readonly ProbeDraft[],
  heartbeatMs = 1_000,
): Promise<RunUnderProbes> {
  const server = await startFakeServer({ heartbeatMs });
  const unused = { dialect: javascriptDialect('work.cjs') } as Scene['target'];
  const scene = new Scene(server, unused);
  const probes: Probe[] = [];
  const env = { SONDE_URL: server.url, SONDE_TOKEN: server.token, ...run.env };
  try {
    const end = await runProgram({ ...run, env }, async () => {
      await server.waitForSession();
      for (const draft of drafts) probes.push(await scene.place(draft));
    });
    return { end, server, probes, scene };
  } finally {
    await server.stop();
  }
}
