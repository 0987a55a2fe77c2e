import type { ApiClient } from '@sonde/api-client';

/** A place to write text for a person or a pipe. */
export interface Terminal {
  write(text: string): void;
  readonly isTTY: boolean;
  readonly columns: number;
}

export interface Clock {
  now(): number;
  /** Calls `run` in that interval until the function it returns is called. */
  every(intervalMs: number, run: () => void): () => void;
}

export type Environment = { readonly [name: string]: string | undefined };

export interface StartOptions {
  readonly dataFolder: string;
  readonly host: string;
  readonly port: number;
  readonly insecureListen: boolean;
}

export interface RunningServer {
  readonly url: string;
  readonly adminTokenFile: string;
  readonly agentTokenFile: string;
  stop(): Promise<void>;
}

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Environment;
}

/** How a program that was run has ended. */
export type ProgramEnd =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'killed'; readonly signal: string }
  | { readonly kind: 'not-started'; readonly code: string };

/** What `sonde run` needs to know of the machine. */
export interface Machine {
  /** File URL of the agent, undefined while it is not built. */
  readonly agentEntry: () => string | undefined;
  /** Version of the `node` that this PATH finds, without the `v`. */
  readonly nodeVersion: (path: string | undefined) => string | undefined;
  /** The clone of the repository that this command comes from. */
  readonly repositoryRoot: string;
  /** The Node that the repository brings, undefined while it is not fetched. */
  readonly pinnedNode: () => string | undefined;
  readonly runProgram: (program: Program) => Promise<ProgramEnd>;
}

/** Everything outside the process that commands touch. Tests pass their own. */
export interface CliContext {
  readonly stdout: Terminal;
  readonly stderr: Terminal;
  readonly env: Environment;
  readonly cwd: string;
  readonly homeFolder: string;
  readonly timeZone: string;
  readonly clock: Clock;
  readonly pid: number;
  readonly isAlive: (pid: number) => boolean;
  /** Aborted by Ctrl-C or a request to end, with the signal's name as reason; listens from the first call on. */
  readonly interruption: () => AbortSignal;
  readonly createClient: (options: { readonly url: string; readonly token?: string | undefined }) => ApiClient;
  readonly startServer: (options: StartOptions) => Promise<RunningServer>;
  readonly machine: Machine;
}
