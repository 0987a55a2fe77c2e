import type { ErrorCode } from '@sonde/protocol/agent';

/**
 * Why a compiled expression gave no value. Thrown without a stack, because it is thrown on hit lines.
 * `call-needed`: only code of the application (an accessor, a `valueOf`, a proxy) could say: the sandbox's part.
 */
export class Interruption {
  readonly kind: 'call-needed' | 'problem';
  readonly code: ErrorCode;
  readonly message: string;

  constructor(kind: 'call-needed' | 'problem', code: ErrorCode, message: string) {
    this.kind = kind;
    this.code = code;
    this.message = message;
  }
}

export function callNeeded(what: string): Interruption {
  return new Interruption('call-needed', 'expression.side-effect', `${what} would run code of the application`);
}
