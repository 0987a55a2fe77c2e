/** Something answered, but not as a Sonde server of this version does: often another program behind the URL. */
export class UnexpectedAnswerError extends Error {
  override readonly name = 'UnexpectedAnswerError';
  readonly url: string;
  readonly status: number;

  constructor(url: string, status: number, what: string, cause?: unknown) {
    super(`${url} answered with status ${status} and ${what}; is a Sonde server of this version there?`, { cause });
    this.url = url;
    this.status = status;
  }
}
