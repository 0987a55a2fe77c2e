import { join } from 'node:path';
import { probeLine } from '../src/probe-marker.ts';
import type { Dialect } from './dialect.ts';
import { ProgramProcess, type ProgramStart } from './program-process.ts';
import type { ProcessEnd, Target } from './target.ts';

export interface DrivenTargetOptions {
  readonly start: ProgramStart;
  readonly dialect: Dialect;
  /** Ends of the names of the program's files: `.mjs`. */
  readonly extension: string;
}

interface Call {
  readonly resolve: (returned: unknown) => void;
  readonly reject: (error: Error) => void;
}

interface Answer {
  readonly id: number;
  readonly returned?: unknown;
  readonly threw?: string;
}

/** A target whose functions are called by lines of JSON on its standard input, and answered on its output. */
export function startDrivenTarget({ start, dialect, extension }: DrivenTargetOptions): Target {
  const calls = new Map<number, Call>();
  let lastId = 0;
  let rest = '';
  const program = new ProgramProcess(start, (text) => {
    const lines = `${rest}${text}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) answer(JSON.parse(line) as Answer);
  });
  const answer = ({ id, returned, threw }: Answer) => {
    const call = calls.get(id);
    calls.delete(id);
    if (threw === undefined) call?.resolve(returned);
    else call?.reject(new Error(`the target threw ${threw}`));
  };
  // Those who still wait when it is over would wait for ever.
  void program.ended().then(({ code, signal, stderr }) => {
    for (const { reject } of calls.values()) reject(new Error(`the target ended: ${code ?? signal}\n${stderr}`));
  });
  return {
    dialect,
    pid: program.pid,
    at(mark, name) {
      const file = name === undefined ? dialect.file : `${name}${extension}`;
      return { file, line: probeLine(join(start.cwd, file), mark) };
    },
    call(name, ...args) {
      lastId += 1;
      const id = lastId;
      return new Promise((resolve, reject) => {
        calls.set(id, { resolve, reject });
        program.write(`${JSON.stringify({ id, call: name, args })}\n`);
      });
    },
    end(): Promise<ProcessEnd> {
      program.endInput();
      return program.ended();
    },
  };
}
