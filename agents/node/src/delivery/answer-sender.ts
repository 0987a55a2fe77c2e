import type { Explanation } from '@sonde/protocol/agent';
import type { Clock } from './clock.ts';
import { routePath } from './route-path.ts';
import { readAnswer } from './server-answer.ts';
import type { Transport } from './transport.ts';

const retryMs = 500;

export interface AnswerSenderOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  sessionId(): string | undefined;
  onDiagnostic(message: string): void;
}

/** Sends the answer to an ask, and once more if that fails: a person waits, and soon asks again by themselves. */
export function createAnswerSender(options: AnswerSenderOptions): (askId: string, explanation: Explanation) => void {
  const { transport, clock, sessionId, onDiagnostic } = options;
  const attempt = async (askId: string, body: Buffer, more: number): Promise<void> => {
    const session = sessionId();
    const outcome = session ? await post(transport, session, askId, body) : 'there is no session';
    if (outcome === undefined) return;
    if (more === 0) onDiagnostic(`an answer was not delivered: ${outcome}`);
    else clock.schedule(retryMs, () => void attempt(askId, body, more - 1));
  };
  return (askId, explanation) => void attempt(askId, Buffer.from(JSON.stringify(explanation)), 1);
}

/** Undefined, or why it did not arrive. */
async function post(transport: Transport, sessionId: string, askId: string, body: Buffer): Promise<string | undefined> {
  try {
    const path = routePath('answer', { sessionId, askId });
    const answer = readAnswer(await transport.send({ method: 'POST', path, body }));
    return answer.kind === 'accepted' ? undefined : answer.reason;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
