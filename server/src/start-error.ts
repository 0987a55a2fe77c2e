/** Why a server could not start. */
export type StartErrorReason =
  | 'data.not-a-folder'
  | 'data.not-writable'
  | 'data.in-use'
  | 'data.network'
  | 'data.corrupt'
  | 'data.foreign'
  | 'data.newer'
  | 'data.full'
  | 'sqlite.old'
  | 'listen.in-use'
  | 'listen.denied'
  | 'listen.address'
  | 'listen.insecure';

/** The server did not start and changed nothing. The message says what is wrong; `hint`, what to do about it. */
export class StartError extends Error {
  override readonly name = 'StartError';
  readonly reason: StartErrorReason;
  readonly hint: string;

  constructor(reason: StartErrorReason, message: string, hint: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.reason = reason;
    this.hint = hint;
  }
}
