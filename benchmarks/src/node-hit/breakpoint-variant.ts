import { prove } from '../prove.ts';
import { TargetProcess } from '../target-process.ts';
import type { Counts } from './hand-written-variant.ts';
import { copyProgram } from './program-copy.ts';
import type { Subject } from './subject.ts';
import type { RunningVariant, Variant } from './variant.ts';

const countingCondition = '++globalThis.breakpointHits < 0';
const countedCalls = 50;
const exceedingCalls = 5;

/** The same program without an agent, with V8's own conditional breakpoint on the line. */
export const breakpointVariant: Variant = { name: 'v8-breakpoint', start };

async function start(node: string, subject: Subject): Promise<RunningVariant> {
  const program = copyProgram();
  const target = await TargetProcess.start({ node, script: program.script, cwd: program.folder });
  const counts = () => target.ask<Counts>('counts');
  const set = async (condition: string) => {
    const input = { url: program.url, line: program.line, condition };
    prove('lines of the breakpoint', (await target.ask<{ lines: number[] }>('breakpoint', input)).lines, [
      program.line,
    ]);
  };
  return {
    target,
    async arm() {
      // A condition that is false leaves no trace; that the place is right shows with one that counts.
      await set(countingCondition);
      await target.ask('exceed', { calls: countedCalls });
      prove('hits of a counting breakpoint', (await counts()).breakpointHits, countedCalls);
      await set(subject.breakpoint);
    },
    async proveHits(calls) {
      const expected = subject.leavesLines ? calls : 0;
      const { breakpointHits, posted, lines, wrong } = await counts();
      prove(
        'hits, lines sent, arrived, wrong',
        [breakpointHits, posted, lines, wrong],
        [countedCalls, expected, expected, 0],
      );
    },
    async finish() {
      if (subject.name === 'false-condition') {
        await target.ask('exceed', { calls: exceedingCalls });
        prove('hits when the condition holds', (await counts()).breakpointHits, countedCalls + exceedingCalls);
      }
      await target.end();
    },
    async cleanUp() {
      target.kill();
      program.remove();
    },
  };
}
