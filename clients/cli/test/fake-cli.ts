import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiClient } from '@sonde/api-client';
import type { CliContext, Environment, Machine, Program, ProgramEnd, Terminal } from '../src/cli-context.ts';
import { runCli } from '../src/run-cli.ts';
import { nowMs } from './samples.ts';

interface Written extends Terminal {
  readonly text: () => string;
}

function terminal(isTTY: boolean): Written {
  let text = '';
  return {
    write(part) {
      text += part;
    },
    isTTY,
    columns: 100,
    text: () => text,
  };
}

/** A clock that stands still until the test moves it on. */
function manualClock() {
  let now = nowMs;
  const timers = new Set<() => void>();
  return {
    now: () => now,
    every(_: number, run: () => void) {
      timers.add(run);
      return () => void timers.delete(run);
    },
    advance(ms: number) {
      now += ms;
      for (const run of [...timers]) run();
    },
    running: () => timers.size,
  };
}

interface FakeSettings {
  readonly env?: Environment;
  readonly isTTY?: boolean;
  readonly cwd?: string;
  readonly machine?: Partial<Machine>;
  readonly context?: Partial<CliContext>;
}

/** A command line without a process around it, in front of the calls that the test answers. */
export function fakeCli(calls: Partial<ApiClient>, settings: FakeSettings = {}) {
  const home = mkdtempSync(join(tmpdir(), 'sonde-cli-'));
  const stdout = terminal(settings.isTTY ?? false);
  const stderr = terminal(settings.isTTY ?? false);
  const clock = manualClock();
  const interruption = new AbortController();
  const clients: { readonly url: string; readonly token?: string | undefined }[] = [];
  const programs: Program[] = [];
  const missing = (name: string) => () => {
    throw new Error(`the test does not expect ${name}`);
  };
  const context: CliContext = {
    stdout,
    stderr,
    env: { SONDE_URL: 'http://fake', SONDE_TOKEN: 'secret', ...settings.env },
    cwd: settings.cwd ?? home,
    homeFolder: home,
    timeZone: 'UTC',
    clock,
    pid: 4_242,
    isAlive: () => true,
    interruption: () => interruption.signal,
    createClient(options) {
      clients.push(options);
      return new Proxy(calls, {
        get: (target, name) => Reflect.get(target, name) ?? missing(String(name)),
      }) as ApiClient;
    },
    startServer: missing('startServer'),
    machine: {
      agentEntry: () => 'file:///agent/register.js',
      nodeVersion: () => '24.1.0',
      repositoryRoot: '/no/clone',
      pinnedNode: () => undefined,
      runProgram: async (program): Promise<ProgramEnd> => {
        programs.push(program);
        return { kind: 'exited', code: 0 };
      },
      ...settings.machine,
    },
    ...settings.context,
  };
  return {
    context,
    home,
    clock,
    clients,
    programs,
    interrupt: () => interruption.abort('SIGINT'),
    stdout: stdout.text,
    stderr: stderr.text,
    run: (...args: readonly string[]) => runCli(args, context, '0.0.0'),
    [Symbol.dispose]: () => rmSync(home, { recursive: true, force: true }),
  };
}
