import { type ChildProcess, fork } from 'node:child_process';

export interface TargetOptions {
  /** The Node that runs it. */
  readonly node: string;
  readonly execArgv?: readonly string[];
  readonly script: string;
  readonly cwd: string;
  readonly env?: { readonly [name: string]: string };
}

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

const readyWithinMs = 60_000;
const endWithinMs = 10_000;

/** A target program that does what it is asked to over its IPC channel, one thing at a time. */
export class TargetProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<number | null>;
  readonly #waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  #stderr = '';
  #nextId = 1;
  #ready: () => void = () => {};

  private constructor({ node, execArgv = [], script, cwd, env = {} }: TargetOptions) {
    const { NODE_OPTIONS: _, ...inherited } = process.env;
    this.#child = fork(script, {
      execPath: node,
      execArgv: [...execArgv],
      cwd,
      env: { ...inherited, ...env },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-10_000);
    });
    this.#child.on('message', (message) => this.#received(message as Answer | 'ready'));
    // Not `close`: after a disconnect from this side it does not come.
    this.#ended = new Promise((resolve) => this.#child.once('exit', resolve));
  }

  /** Resolves when the program says that it is ready. */
  static async start(options: TargetOptions): Promise<TargetProcess> {
    const target = new TargetProcess(options);
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => target.#child.kill('SIGKILL'), readyWithinMs);
      target.#ready = () => {
        clearTimeout(timer);
        resolve();
      };
      target.#child.once('error', reject);
      void target.#ended.then((code) => {
        clearTimeout(timer);
        const error = new Error(`${options.script} ended with code ${code}\n${target.#stderr}`);
        reject(error);
        for (const { reject } of target.#waiting.values()) reject(error);
      });
    });
    return target;
  }

  /** The answer's shape is the caller's word: both files are of this folder. */
  ask<Result>(command: string, input: object = {}): Promise<Result> {
    const id = this.#nextId;
    this.#nextId += 1;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: (result) => resolve(result as Result), reject });
      this.#child.send({ id, command, ...input }, (error) => error && reject(error));
    });
  }

  /** Without its channel the program has nothing to do: it ends by itself, unless something keeps it alive. */
  async end(): Promise<void> {
    if (this.#child.connected) this.#child.disconnect();
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      this.#child.kill('SIGKILL');
    }, endWithinMs);
    const code = await this.#ended;
    clearTimeout(timer);
    if (late) throw new Error(`the target did not end within ${endWithinMs} ms\n${this.#stderr}`);
    if (code !== 0) throw new Error(`the target ended with code ${code}\n${this.#stderr}`);
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  #received(message: Answer | 'ready'): void {
    if (message === 'ready') {
      this.#ready();
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.error === undefined) waiting?.resolve(message.result);
    else waiting?.reject(new Error(message.error));
  }
}
