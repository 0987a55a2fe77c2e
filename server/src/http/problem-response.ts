import type { ServerResponse } from 'node:http';
import type { ErrorCode, ProblemDetail } from '@sonde/protocol';
import { Refusal } from '../refusal.ts';
import { sendJson } from './send-json.ts';
import { statusOf } from './status-of.ts';

const maxDetail = 4_000;

/** Words for people beside each code's group; the detail says the rest. */
const titles: { readonly [group: string]: string } = {
  location: 'No probe can stand there',
  expression: 'An expression cannot be used',
  template: 'The template cannot be used',
  probe: 'The probe is not available',
  agent: 'The agent cannot do this',
  event: 'The event is not available',
  session: 'The session is over',
  request: 'The request was not understood',
  protocol: 'The versions do not match',
  token: 'The token does not allow this',
  server: 'The server cannot do this now',
};

/** What a caller is told of anything that was thrown. What is not a refusal is our fault, and its text stays here. */
export function problemOf(error: unknown): ProblemDetail {
  if (error instanceof Refusal) return describe(error.code, error.message, error);
  return describe('server.internal', 'Something went wrong in the server; its own output says what');
}

export function sendProblem(response: ServerResponse, problem: ProblemDetail): void {
  if (problem.status === 401) response.setHeader('www-authenticate', 'Bearer realm="sonde"');
  sendJson(response, problem.status, problem, 'application/problem+json');
}

function describe(code: ErrorCode, message: string, refusal?: Refusal): ProblemDetail {
  return {
    type: `urn:sonde:error:${code}`,
    title: titles[code.split('.')[0] ?? ''] ?? code,
    status: statusOf(code),
    code,
    detail: message.slice(0, maxDetail),
    ...(refusal && refusal.problems.length > 0 && { problems: refusal.problems }),
  };
}
