import type { ApiClient, StreamMessage } from '@sonde/api-client';
import type { TailMessage } from '@sonde/protocol';

export type TailStep = StreamMessage<TailMessage> | (() => void);

/** A live view of these messages, doing what functions among them say; afterwards it waits to be aborted. */
export function fakeTail(...steps: readonly TailStep[]): ApiClient['tail'] {
  return async function* (input = {}) {
    for (const step of steps) {
      if (input.signal?.aborted) return;
      if (typeof step === 'function') step();
      else yield step;
    }
    const { signal } = input;
    await new Promise<void>((resolve) => {
      if (!signal || signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
  };
}
