import { ProgramProcess, type ProgramStart } from '../conformance/program-process.ts';
import type { ProcessEnd } from '../conformance/target.ts';

interface Waiter {
  readonly wanted: (line: string) => boolean;
  readonly resolve: (line: string) => void;
  readonly reject: (error: Error) => void;
}

/** A program whose lines can be waited for while it runs. */
export class SpokenProgram {
  readonly #process: ProgramProcess;
  readonly #waiters = new Set<Waiter>();
  #rest = '';
  readonly lines: string[] = [];

  constructor(start: ProgramStart) {
    this.#process = new ProgramProcess(start, (text) => {
      const parts = (this.#rest + text).split('\n');
      this.#rest = parts.pop() ?? '';
      for (const line of parts) this.#heard(line);
    });
    void this.#process.ended().then(({ code, signal, stderr }) => {
      const error = new Error(`${start.command} ended with ${code ?? signal} and said:\n${stderr}`);
      for (const waiter of this.#waiters) waiter.reject(error);
    });
  }

  get pid(): number {
    return this.#process.pid;
  }

  /** What it has written to its standard error so far. */
  get stderr(): string {
    return this.#process.stderr;
  }

  /** The first line of its output, past or to come, that is wanted. Rejects when the program ends without it. */
  line(wanted: (line: string) => boolean): Promise<string> {
    const known = this.lines.find(wanted);
    if (known !== undefined) return Promise.resolve(known);
    return new Promise((resolve, reject) => {
      const waiter: Waiter = { wanted, resolve, reject };
      this.#waiters.add(waiter);
    });
  }

  /** Sends the signal and resolves once the program, and what it has started, is over. */
  end(signal: NodeJS.Signals): Promise<ProcessEnd> {
    this.#process.kill(signal);
    return this.#process.ended();
  }

  ended(): Promise<ProcessEnd> {
    return this.#process.ended();
  }

  #heard(line: string): void {
    this.lines.push(line);
    for (const waiter of [...this.#waiters]) {
      if (!waiter.wanted(line)) continue;
      this.#waiters.delete(waiter);
      waiter.resolve(line);
    }
  }
}
