import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ProgramProcess } from '../conformance/program-process.ts';
import type { ProcessEnd } from '../conformance/target.ts';
import { runtimePath } from '../src/node-runtimes.ts';
import { probeLine } from '../src/probe-marker.ts';
import { AdminApi } from '../src/server/admin-api.ts';
import { SpokenProgram } from './spoken-program.ts';

export const repository = fileURLToPath(new URL('../../', import.meta.url));
export const targets = fileURLToPath(new URL('./targets/', import.meta.url));
const command = join(repository, 'clients/cli/bin/sonde.js');

interface ProgramOptions {
  readonly service?: string;
  readonly tag?: string;
  /** Major version of the Node it runs on. */
  readonly node?: number;
  readonly env?: NodeJS.ProcessEnv;
}

/** A user of their own: a home folder, `sonde` on the PATH, and a server with their data. Disposing ends all of it. */
export class Stage implements AsyncDisposable {
  readonly home = mkdtempSync(join(tmpdir(), 'sonde-e2e-'));
  readonly data = join(this.home, '.sonde');
  /** What this user's shell has; nothing of the one that runs the tests but where programs are. */
  readonly env: NodeJS.ProcessEnv;
  readonly #running = new Set<SpokenProgram>();
  #server: SpokenProgram | undefined;
  #url = '';

  /** `machineNode`: major version of the Node that the user has on the PATH. */
  constructor(machineNode = 24) {
    const bin = join(this.home, 'bin');
    mkdirSync(bin);
    symlinkSync(command, join(bin, 'sonde'));
    const path = [bin, dirname(runtimePath(machineNode)), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter);
    const none = { SONDE_URL: undefined, SONDE_TOKEN: undefined, SONDE_DATA: undefined, SONDE_TAGS: undefined };
    this.env = { ...none, HOME: this.home, PATH: path, NO_COLOR: '1', TZ: 'UTC', FORCE_COLOR: undefined };
  }

  get url(): string {
    return this.#url;
  }

  get serverPid(): number {
    return this.#server?.pid ?? 0;
  }

  get api(): AdminApi {
    return new AdminApi(this.#url, readFileSync(join(this.data, 'admin-token'), 'utf8').trim());
  }

  /** `sonde up`; after the first time on the port of the first. Resolves once it listens. */
  async up(): Promise<void> {
    const port = this.#url === '' ? '0' : new URL(this.#url).port;
    this.#server = this.#keep(new SpokenProgram(this.#start(['up', '--port', port, '--json'])));
    const line = await this.#server.line(() => true);
    this.#url = (JSON.parse(line) as { readonly url: string }).url;
  }

  async down(signal: NodeJS.Signals): Promise<void> {
    await this.#server?.end(signal);
  }

  /** Runs a command of the user to its end. */
  sonde(...args: readonly string[]): Promise<ProcessEnd> {
    return new ProgramProcess(this.#start(args)).ended();
  }

  /** Runs a command of the user, started by another script than its own. */
  by(script: string, ...args: readonly string[]): Promise<ProcessEnd> {
    return new ProgramProcess({ ...this.#start([]), args: [script, ...args] }).ended();
  }

  /** Runs a command with `--json`; the one value that it must have written. */
  async json<T>(...args: readonly string[]): Promise<T> {
    const { code, stdout, stderr } = await this.sonde(...args, '--json');
    if (code !== 0) throw new Error(`sonde ${args.join(' ')} ended with ${code}: ${stderr}`);
    return JSON.parse(stdout) as T;
  }

  /** Starts a command of the user that goes on. */
  follow(...args: readonly string[]): SpokenProgram {
    return this.#keep(new SpokenProgram(this.#start(args)));
  }

  /** A line as it is typed, at the root of the repository. */
  shell(line: string, env: NodeJS.ProcessEnv = {}): SpokenProgram {
    const start = { command: '/bin/sh', args: ['-c', line], cwd: repository, env: { ...this.env, ...env } };
    return this.#keep(new SpokenProgram(start));
  }

  /** Starts the target program with the agent and waits until it is connected. The answer has its own process id. */
  async program({ service = 'orders', tag, node = 24, env = {} }: ProgramOptions = {}): Promise<StagedProgram> {
    const tags = tag === undefined ? [] : ['--tag', tag];
    const args = ['run', '--service', service, ...tags, '--', runtimePath(node), 'main.mjs'];
    const run = this.#keep(new SpokenProgram(this.#start(args, env)));
    const { pid } = JSON.parse(await run.line((line) => line.startsWith('{"ready":true'))) as { readonly pid: number };
    await this.until(async () => (await this.api.agents()).some((agent) => agent.pid === pid));
    return { pid, run };
  }

  /** Asks until it is so. The test's own time limit ends it otherwise. */
  async until(isSo: () => Promise<boolean> | boolean): Promise<void> {
    while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 50));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const program of [...this.#running].toReversed()) await program.end('SIGTERM');
    rmSync(this.home, { recursive: true, force: true });
  }

  #start(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    return { command: runtimePath(24), args: [command, ...args], cwd: targets, env: { ...this.env, ...env } };
  }

  #keep(program: SpokenProgram): SpokenProgram {
    this.#running.add(program);
    void program.ended().then(() => this.#running.delete(program));
    return program;
  }
}

export interface StagedProgram {
  /** Of the program itself, not of `sonde run`. */
  readonly pid: number;
  readonly run: SpokenProgram;
}

/** `orders.mjs:LINE` of a marked line of the target program. */
export function place(mark: string, file = 'orders.mjs'): string {
  return `${file}:${probeLine(join(targets, file), mark)}`;
}
