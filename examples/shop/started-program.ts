import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface ProgramOptions {
  readonly name: string;
  /** The path of the Node executable. */
  readonly node: string;
  /** Options of Node itself, for example `--import` and a module. */
  readonly execArgv?: readonly string[];
  readonly script: string;
  readonly args?: readonly string[];
  /** Added to this process's own environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly onLine?: (program: string, line: string) => void;
}

export interface ProgramExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface StartedProgram {
  readonly pid: number;
  readonly url: string;
  readonly exited: Promise<ProgramExit>;
  /** Asks it to end, and ends it after ten seconds; never touches another process. */
  readonly stop: () => Promise<ProgramExit>;
  readonly kill: (signal: NodeJS.Signals) => void;
}

const READY_WITHIN_MS = 60_000;
const END_WITHIN_MS = 10_000;
const KEPT_LINES = 40;

/**
 * Starts a Node program that says when it is ready: one line of JSON with `ready: true` and its `url`.
 * @throws with the program's last lines when it ends or stays silent instead
 */
export async function startProgram(options: ProgramOptions): Promise<StartedProgram> {
  const { name, node, execArgv = [], script, args = [], env = {} } = options;
  const child = spawn(node, [...execArgv, script, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise<ProgramExit>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  const endWithParent = (): void => {
    child.kill('SIGTERM');
  };
  process.once('exit', endWithParent);
  void exited.then(() => process.off('exit', endWithParent));

  const stop = async (): Promise<ProgramExit> => {
    child.kill('SIGTERM');
    const lastResort = setTimeout(() => child.kill('SIGKILL'), END_WITHIN_MS);
    const exit = await exited;
    clearTimeout(lastResort);
    return exit;
  };
  try {
    const url = await readiness(child, exited, options);
    return { pid: child.pid ?? 0, url, exited, stop, kill: (signal) => child.kill(signal) };
  } catch (error) {
    await stop();
    throw new Error(`${name} did not become ready: ${String(error)}`, { cause: error });
  }
}

function readiness(child: ChildProcess, exited: Promise<ProgramExit>, options: ProgramOptions): Promise<string> {
  const lastLines: string[] = [];
  return new Promise((resolve, reject) => {
    const fail = (reason: string): void => reject(new Error([reason, ...lastLines].join('\n')));
    const silence = setTimeout(() => fail(`silent for ${READY_WITHIN_MS} ms`), READY_WITHIN_MS);
    void exited.then(({ code, signal }) => {
      clearTimeout(silence);
      fail(`ended with code ${code}, signal ${signal}`);
    });
    child.once('error', (error) => fail(error.message));
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      // Reads on after the ready line too: a full pipe would block the program.
      createInterface({ input: stream }).on('line', (line) => {
        lastLines.push(line);
        if (lastLines.length > KEPT_LINES) lastLines.shift();
        options.onLine?.(options.name, line);
        const url = readyUrl(line);
        if (url === undefined) return;
        clearTimeout(silence);
        resolve(url);
      });
    }
  });
}

function readyUrl(line: string): string | undefined {
  if (!line.startsWith('{"ready":true')) return undefined;
  const { url } = JSON.parse(line) as { readonly url: string };
  return url;
}
