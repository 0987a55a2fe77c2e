import type { ErrorCode, Problem } from '@sonde/protocol';

/** Something the server will not or cannot do, and why. The HTTP layer alone turns its code into a status. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: ErrorCode;
  readonly problems: readonly Problem[];

  constructor(code: ErrorCode, message: string, problems: readonly Problem[] = []) {
    super(message);
    this.code = code;
    this.problems = problems;
  }
}
