import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ProcessEnd } from './target.ts';

export interface ProgramStart {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Longer than any test: a process that should have ended is ended, and its test fails by the signal. */
const longestRunMs = 150_000;

/** A program that was started, and what it has written so far. */
export class ProgramProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #ended: Promise<ProcessEnd>;
  #stdout = '';
  #stderr = '';

  constructor({ command, args, cwd, env }: ProgramStart, onOutput: (text: string) => void = () => {}) {
    // Nothing of this process's own way of being started may reach the program.
    const { NODE_OPTIONS: _options, VITEST: _vitest, ...inherited } = process.env;
    const options = { cwd, env: { ...inherited, ...env }, timeout: longestRunMs, killSignal: 'SIGKILL' } as const;
    this.#child = spawn(command, args, options);
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#stdout += text;
      onOutput(text);
    });
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text;
    });
    // A program may end without reading its input to the end.
    this.#child.stdin.on('error', () => {});
    this.#ended = once(this.#child, 'close').then(([code, signal]) => ({
      code,
      signal,
      stdout: this.#stdout,
      stderr: this.#stderr,
    }));
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get stderr(): string {
    return this.#stderr;
  }

  write(text: string): void {
    this.#child.stdin.write(text);
  }

  endInput(): void {
    this.#child.stdin.end();
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  ended(): Promise<ProcessEnd> {
    return this.#ended;
  }
}
