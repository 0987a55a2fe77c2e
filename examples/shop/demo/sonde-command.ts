import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters, styleText } from 'node:util';

const command = fileURLToPath(new URL('../../../clients/cli/bin/sonde.js', import.meta.url));
const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The `sonde` command, as a person would type it at the root of the repository. */
export class SondeCommand {
  readonly #env: NodeJS.ProcessEnv;

  constructor(dataFolder: string) {
    this.#env = { ...process.env, SONDE_DATA: dataFolder };
  }

  /** Shows the command and what it prints, as on a terminal. Rejects when it fails. */
  async show(...args: readonly string[]): Promise<void> {
    announce(args);
    const [code] = await once(this.#spawn(args, 'inherit'), 'exit');
    if (code !== 0) throw new Error(`sonde ${args[0]} ended with exit code ${code}`);
  }

  /** Shows the command, and returns what it prints with `--json`, one value a line. Rejects when it fails. */
  json(...args: readonly string[]): Promise<unknown[]> {
    announce(args);
    return this.#json(args);
  }

  /** Starts `sonde up` on a free port and resolves once it listens. */
  async up(): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
    const args = ['up', '--port', '0'];
    announce(args);
    const child = this.#spawn(args, 'pipe');
    const stop = async () => {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    };
    if (!child.stdout) throw new Error('the output of sonde up cannot be read');
    for await (const line of createInterface({ input: child.stdout })) {
      process.stdout.write(`${line}\n`);
      const url = /https?:\/\/\S+/.exec(stripVTControlCharacters(line))?.[0];
      if (url) return { url, stop };
    }
    throw new Error('sonde up ended before it listened');
  }

  /** Resolves once an agent has a session. The agent connects in the background of its process, some moments after its start. */
  async agentConnected(): Promise<void> {
    for (let attempt = 0; attempt < 100; attempt++) {
      const [answer] = (await this.#json(['agents'])) as [{ readonly agents?: readonly unknown[] }];
      if (answer.agents && answer.agents.length > 0) return;
    }
    throw new Error('no agent has connected');
  }

  #json(args: readonly string[]): Promise<unknown[]> {
    const options = { env: this.#env, cwd: root, maxBuffer: 64 * 1024 * 1024 };
    return new Promise((resolve, reject) => {
      execFile(process.execPath, [command, ...args, '--json'], options, (error, stdout, stderr) => {
        if (error) reject(new Error(`sonde ${args.join(' ')} failed: ${stderr || error.message}`));
        else
          resolve(
            stdout
              .split('\n')
              .filter(Boolean)
              .map((line) => JSON.parse(line) as unknown),
          );
      });
    });
  }

  #spawn(args: readonly string[], stdout: 'inherit' | 'pipe'): ChildProcess {
    return spawn(process.execPath, [command, ...args], {
      cwd: root,
      env: this.#env,
      stdio: ['ignore', stdout, 'inherit'],
    });
  }
}

function announce(args: readonly string[]): void {
  const words = args.map((argument) => (/^[\w./:=-]+$/.test(argument) ? argument : `'${argument}'`));
  process.stdout.write(`\n${styleText('bold', `$ sonde ${words.join(' ')}`)}\n`);
}
