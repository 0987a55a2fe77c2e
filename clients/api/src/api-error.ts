import type { ErrorCode, Problem, ProblemDetail } from '@sonde/protocol';

/** The server understood the call and refused it. Branch on `code`; the text is for people. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ErrorCode;
  readonly status: number;
  readonly title: string;
  readonly problems: readonly Problem[];

  constructor(detail: ProblemDetail) {
    super(detail.detail || detail.title);
    this.code = detail.code;
    this.status = detail.status;
    this.title = detail.title;
    this.problems = detail.problems ?? [];
  }
}
