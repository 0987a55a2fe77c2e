import type { ApiError } from '@sonde/api-client';
import type { ProbeDraft } from '@sonde/protocol';
import type { SourceLines } from '../screens/problem-screen.ts';

/** A refusal together with what was refused, so that the message can point into it. */
export class ProbeRefused extends Error {
  override readonly name = 'ProbeRefused';
  readonly refusal: ApiError;
  readonly draft: ProbeDraft;
  readonly sourceLines: SourceLines;

  constructor(refusal: ApiError, draft: ProbeDraft, sourceLines: SourceLines) {
    super(refusal.message, { cause: refusal });
    this.refusal = refusal;
    this.draft = draft;
    this.sourceLines = sourceLines;
  }
}
