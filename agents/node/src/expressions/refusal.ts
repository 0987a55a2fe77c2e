import type { ErrorCode, TextRange } from '@sonde/protocol/agent';

/** Why a text is not accepted, thrown inside the parser and turned into a problem at its edge. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly range: TextRange;

  constructor(code: ErrorCode, message: string, range: TextRange) {
    super(message);
    this.code = code;
    this.range = range;
  }
}
