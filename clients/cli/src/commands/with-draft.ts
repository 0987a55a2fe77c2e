import { ApiError } from '@sonde/api-client';
import type { ProbeDraft } from '@sonde/protocol';
import type { CliContext } from '../cli-context.ts';
import { localSource } from '../finding/local-source.ts';
import { ProbeRefused } from '../output/probe-refused.ts';

/** Makes a call about a draft; a refusal then shows the expressions of the draft and the lines of its file. */
export async function withDraft<T>(context: CliContext, draft: ProbeDraft, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new ProbeRefused(error, draft, localSource(context.cwd, draft.location.file));
  }
}
