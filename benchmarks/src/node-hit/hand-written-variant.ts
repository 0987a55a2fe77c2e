import { prove } from '../prove.ts';
import { TargetProcess } from '../target-process.ts';
import { copyProgram } from './program-copy.ts';
import type { Subject } from './subject.ts';
import type { RunningVariant, Variant } from './variant.ts';

export interface Counts {
  readonly hits: number;
  readonly breakpointHits: number;
  readonly posted: number;
  readonly lines: number;
  readonly wrong: number;
}

const exceedingCalls = 5;

/** The same program without an agent, with a statement in it. */
export const handWrittenVariant: Variant = { name: 'hand-written', start };

async function start(node: string, subject: Subject): Promise<RunningVariant> {
  const program = copyProgram(subject.handWritten);
  const target = await TargetProcess.start({ node, script: program.script, cwd: program.folder });
  let before = 0;
  return {
    target,
    // The statement has been there from the first call.
    async arm(callsBefore) {
      before = callsBefore;
    },
    async proveHits(calls) {
      const { hits, posted, lines, wrong } = await target.ask<Counts>('counts');
      const expected = subject.leavesLines ? before + calls : 0;
      prove('hits, lines sent, arrived, wrong', [hits, posted, lines, wrong], [0, expected, expected, 0]);
    },
    async finish() {
      if (subject.name === 'false-condition') {
        await target.ask('exceed', { calls: exceedingCalls });
        prove('hits when the condition holds', (await target.ask<Counts>('counts')).hits, exceedingCalls);
      }
      await target.end();
    },
    async cleanUp() {
      target.kill();
      program.remove();
    },
  };
}
