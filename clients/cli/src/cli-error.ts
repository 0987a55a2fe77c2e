import type { ErrorCode, Problem } from '@sonde/protocol';
import { exitCodes } from './exit-code.ts';

export type CliErrorCode = ErrorCode | 'cli.usage' | 'cli.unreachable' | 'cli.timeout' | 'cli.failed' | 'cli.start';

interface CliErrorParts {
  readonly code: CliErrorCode;
  readonly message: string;
  readonly exitCode?: number;
  /** What to do next, one step a line. */
  readonly next?: readonly string[];
  /** What is known beside it, one fact a line. */
  readonly details?: readonly string[];
  readonly problems?: readonly Problem[];
}

/** Ends a command with one explained message on stderr. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly code: CliErrorCode;
  readonly exitCode: number;
  readonly next: readonly string[];
  readonly details: readonly string[];
  readonly problems: readonly Problem[];

  constructor(parts: CliErrorParts) {
    super(parts.message);
    this.code = parts.code;
    this.exitCode = parts.exitCode ?? exitCodes.failed;
    this.next = parts.next ?? [];
    this.details = parts.details ?? [];
    this.problems = parts.problems ?? [];
  }
}

/** Ends a command with that exit code and no further word. */
export class EarlyExit extends Error {
  override readonly name = 'EarlyExit';
  readonly exitCode: number;

  constructor(exitCode: number) {
    super(`exit ${exitCode}`);
    this.exitCode = exitCode;
  }
}
