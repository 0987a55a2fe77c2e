export type TransformErrorCode = 'syntax' | 'already-guarded' | 'internal';

/** Why a module could not be guarded at all. The loader answers it by running the original source. */
export class TransformError extends Error {
  override readonly name = 'TransformError';
  readonly code: TransformErrorCode;

  constructor(code: TransformErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}
