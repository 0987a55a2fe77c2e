import { ApiError, ConnectionError } from '@sonde/api-client';
import type { Problem, ProblemDetail } from '@sonde/protocol';
import { CliError } from '../cli-error.ts';
import { exitCodes } from '../exit-code.ts';
import { problemLines, problemSource } from '../screens/problem-screen.ts';
import type { Paint } from './paint.ts';
import { printable } from './printable.ts';
import { ProbeRefused } from './probe-refused.ts';

/** What is told of an error, on a screen or as JSON. */
interface Failure {
  readonly code: string;
  readonly message: string;
  readonly exitCode: number;
  readonly problems: readonly Problem[];
  readonly details: readonly string[];
  readonly next: readonly string[];
}

export function failureOf(error: unknown): Failure {
  if (error instanceof CliError) return error;
  if (error instanceof ProbeRefused) return refusal(error.refusal);
  if (error instanceof ApiError) return refusal(error);
  const rest = { problems: [], details: [], next: [] };
  if (error instanceof ConnectionError)
    return {
      ...rest,
      code: 'cli.unreachable',
      message: error.message,
      exitCode: exitCodes.unreachable,
      next: [error.nextStep],
    };
  const message = error instanceof Error ? error.message : String(error);
  return { ...rest, code: 'cli.failed', message, exitCode: exitCodes.failed };
}

export function failureJson(failure: Failure): unknown {
  const { code, message, exitCode, problems, details, next } = failure;
  return { error: { code, message, exitCode, problems, details, next } };
}

/** The failure for a person: what is wrong, each problem with its place, and what to do next. */
export function failureLines(error: unknown, paint: Paint): readonly string[] {
  const failure = failureOf(error);
  const sources = error instanceof ProbeRefused ? error : undefined;
  const problems = failure.problems.map((problem) =>
    problemLines(problem, paint, sources && problemSource(problem.field, sources.draft), sources?.sourceLines),
  );
  const [first, ...more] = problems;
  const label = paint(['bold', 'red'], 'error:');
  const next = failure.next.map((step) => `  ${paint('cyan', '→')} ${printable(step)}`);
  // A single problem says all that its refusal says, and better.
  if (first && more.length === 0 && sources) return [`${label} ${first[0]}`, ...first.slice(1), ...next];
  const details = [...failure.details.map(printable), ...problems.flat()].map((line) => `  ${line}`);
  return [`${label} ${printable(failure.message)}`, ...details, ...next];
}

function refusal({ code, message, problems }: ApiError): Failure {
  const next = nextSteps[code] ?? [];
  return { code, message, exitCode: exitCodes.failed, problems, details: [], next };
}

const nextSteps: { readonly [code in ProblemDetail['code']]?: readonly string[] } = {
  'token.missing': ['pass --token or set SONDE_TOKEN'],
  'token.unknown': ['pass the token of this server with --token; `sonde up` says which file keeps it'],
  'token.expired': ['ask for a new token, or restart the server to have its token file written anew'],
  'token.scope': ['this token is for another purpose; commands need the admin token'],
  'probe.unknown': ['`sonde probes --all` lists the probes there are'],
  'event.unknown': ['`sonde tail` and `sonde show PROBE` name events'],
  'location.file-unknown': ['check the path, and with `sonde agents` that the program runs'],
  'location.no-code': ['choose one of the lines with code'],
  'protocol.version': ['use the sonde command of the same version as the server'],
  'server.stopping': ['try again when the server is back'],
  'server.storage-full': ['free space in the data folder of the server'],
};
