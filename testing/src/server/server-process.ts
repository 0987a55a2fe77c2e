import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('./run-server.ts', import.meta.url));

/** A real server in a process of its own, which can be killed and started again on the same port and folder. */
export class ServerProcess {
  readonly #data: string;
  readonly #args: readonly string[];
  #child: ChildProcess | undefined;
  url = '';
  adminToken = '';
  agentToken = '';

  constructor(data: string, args: readonly string[] = []) {
    this.#data = data;
    this.#args = args;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** Resolves once it listens. */
  async start(): Promise<void> {
    const port = this.url === '' ? '0' : new URL(this.url).port;
    const child = spawn(process.execPath, [script, '--data', this.#data, '--port', port, ...this.#args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#child = child;
    const exited = once(child, 'exit').then(([code]) => Promise.reject(new Error(`the server exited with ${code}`)));
    exited.catch(() => {});
    const [line] = await Promise.race([once(createInterface(child.stdout), 'line'), exited]);
    const up = JSON.parse(line);
    this.url = up.url;
    this.adminToken = readFileSync(up.adminTokenFile, 'utf8').trim();
    this.agentToken = readFileSync(up.agentTokenFile, 'utf8').trim();
  }

  /** Ends it with this signal and resolves with its exit code once it is gone. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const exit = once(child, 'exit');
    child.kill(signal);
    const [code] = await exit;
    return code;
  }
}
