import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { createApiClient } from '@sonde/api-client';
import { relayProgram } from '../bin/relay.js';
import type { CliContext, Machine, Program, Terminal } from './cli-context.ts';
import { runCli } from './run-cli.ts';

const packageFile = new URL('../package.json', import.meta.url);
const repositoryRoot = fileURLToPath(new URL('../../..', import.meta.url));

/** The command as a program: builds everything from the process it runs in and leaves its exit code there. */
export async function main(process: NodeJS.Process): Promise<void> {
  // A reader that has seen enough, such as `head`, is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  const { version } = JSON.parse(readFileSync(packageFile, 'utf8'));
  process.exitCode = await runCli(process.argv.slice(2), createContext(process), version);
}

function createContext(process: NodeJS.Process): CliContext {
  return {
    stdout: terminal(process.stdout),
    stderr: terminal(process.stderr),
    env: process.env,
    cwd: process.cwd(),
    homeFolder: homedir(),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    clock: {
      now: Date.now,
      every(intervalMs, run) {
        const timer = setInterval(run, intervalMs);
        return () => clearInterval(timer);
      },
    },
    pid: process.pid,
    isAlive,
    interruption: interruption(process),
    createClient: createApiClient,
    startServer: async (options) => {
      // Loaded when it is needed: the other commands start faster without it.
      const { startServer } = await import('@sonde/server');
      const { dataFolder, ...rest } = options;
      return startServer({ data: dataFolder, ...rest });
    },
    machine: createMachine(),
  };
}

function terminal(stream: NodeJS.WriteStream): Terminal {
  return {
    write: (text) => void stream.write(text),
    get isTTY() {
      return stream.isTTY ?? false;
    },
    get columns() {
      return stream.columns ?? 80;
    },
  };
}

/** The first request to end is a wish, which the second, with nobody listening any more, enforces. */
function interruption(process: NodeJS.Process): () => AbortSignal {
  let abort: AbortController | undefined;
  return () => {
    if (abort) return abort.signal;
    const controller = new AbortController();
    abort = controller;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => controller.abort(signal));
    return controller.signal;
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process is alive too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function createMachine(): Machine {
  return {
    agentEntry() {
      // Only its address: the agent runs in the processes that this command starts, never in this one.
      const entry = new URL(import.meta.resolve('@sonde/agent'));
      return existsSync(entry) ? entry.href : undefined;
    },
    nodeVersion(path) {
      try {
        const output = execFileSync('node', ['--version'], {
          env: { PATH: path },
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
        });
        return output.trim().replace(/^v/, '');
      } catch {
        // No node there, or one that does not run: for whoever asks it is the same.
        return undefined;
      }
    },
    repositoryRoot,
    pinnedNode,
    runProgram: ({ command, args, env }: Program) => relayProgram(command, args, env),
  };
}

function pinnedNode(): string | undefined {
  const versions = JSON.parse(readFileSync(`${repositoryRoot}/scripts/runtimes.json`, 'utf8'));
  const file = `${repositoryRoot}/.runtime/${versions.development}/node_modules/node/bin/node`;
  return existsSync(file) ? file : undefined;
}
