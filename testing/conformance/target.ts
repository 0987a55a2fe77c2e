import type { Dialect } from './dialect.ts';

/** How a process ended, and everything it wrote. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * A program of some language that runs under its agent. Each language has the same program with the same functions and
 * the same marked lines; the behaviours know it by this alone.
 */
export interface Target {
  readonly dialect: Dialect;
  readonly pid: number;
  /** The place of a line that ends with the comment `probe: mark`, in a file of the program; without a file, of its first. */
  at(mark: string, file?: string): { readonly file: string; readonly line: number };
  /** Calls a function of the program, and gives what it returned. Rejects with what it threw. */
  call(name: string, ...args: readonly unknown[]): Promise<unknown>;
  /** Ends the program's input, after which it has nothing left to do; resolves when it is over. */
  end(): Promise<ProcessEnd>;
}
