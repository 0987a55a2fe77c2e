import { DecodeError, type Route, silenceMs } from '@sonde/protocol';
import { ApiError } from './api-error.ts';
import { type Caller, openRoute, type RouteInput } from './call-route.ts';
import { ConnectionError, connectionReason } from './connection-error.ts';
import { reconnectDelayMs } from './reconnect-delay.ts';
import { readServerSentEvents, type ServerSentEvent } from './server-sent-events.ts';
import { UnexpectedAnswerError } from './unexpected-answer-error.ts';

/**
 * What a live view yields: the route's own messages, and the state of its connection in the same order. `connected` is
 * the moment from which nothing is missed; whoever needs what was before reads it then.
 */
export type StreamMessage<Message> =
  | Message
  | { readonly kind: 'connected' }
  | { readonly kind: 'disconnected'; readonly reason: string };

export interface TailTiming {
  /** Resolves after that time, or at once when the signal is aborted. */
  readonly pause: (delayMs: number, signal: AbortSignal | undefined) => Promise<void>;
  readonly random: () => number;
  readonly silenceMs: number;
}

export const tailTiming: TailTiming = {
  pause: (delayMs, signal) =>
    new Promise((resolve) => {
      const finish = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', finish);
        resolve();
      };
      const timer = setTimeout(finish, delayMs);
      if (signal?.aborted) finish();
      else signal?.addEventListener('abort', finish);
    }),
  random: Math.random,
  silenceMs,
};

/**
 * Follows a stream route until the signal is aborted, which ends it without an error. The first connection must succeed;
 * a later loss is reported and repaired, continuing after the last event that had an id.
 */
export async function* tailRoute(
  caller: Caller,
  route: Route,
  input: RouteInput,
  timing: TailTiming,
): AsyncGenerator<StreamMessage<unknown>> {
  const { signal } = input;
  let lastEventId: string | undefined;
  let failures = 0;
  let wasConnected = false;
  while (!signal?.aborted) {
    for await (const item of connectionUntilLost(caller, route, { ...input, lastEventId }, timing)) {
      if (item.kind === 'event') {
        lastEventId = item.event.id ?? lastEventId;
        yield* messagesOf(caller, route, item.event);
      } else if (item.kind === 'connected') {
        wasConnected = true;
        failures = 0;
        yield item;
      } else if (wasConnected && passes(item.error)) yield { kind: 'disconnected', reason: describe(item.error) };
      else throw item.error;
    }
    failures += 1;
    await timing.pause(reconnectDelayMs(failures, timing.random), signal);
  }
}

interface ConnectionInput extends RouteInput {
  readonly lastEventId: string | undefined;
}

type ConnectionItem =
  | { readonly kind: 'connected' }
  | { readonly kind: 'event'; readonly event: ServerSentEvent }
  | { readonly kind: 'lost'; readonly error: unknown };

/** One connection. Its end is an item like the others, unless the caller aborted: then it just ends. */
async function* connectionUntilLost(
  caller: Caller,
  route: Route,
  input: ConnectionInput,
  timing: TailTiming,
): AsyncGenerator<ConnectionItem> {
  try {
    yield* connection(caller, route, input, timing);
    if (!input.signal?.aborted)
      yield { kind: 'lost', error: new ConnectionError(caller.url, 'the server ended the stream') };
  } catch (error) {
    if (!input.signal?.aborted) yield { kind: 'lost', error };
  }
}

async function* connection(
  caller: Caller,
  route: Route,
  input: ConnectionInput,
  timing: TailTiming,
): AsyncGenerator<ConnectionItem> {
  const silence = new AbortController();
  const signal = input.signal ? AbortSignal.any([input.signal, silence.signal]) : silence.signal;
  const quiet = () => silence.abort(new ConnectionError(caller.url, `silent for ${timing.silenceMs / 1_000} s`));
  const timer = setTimeout(quiet, timing.silenceMs);
  try {
    const headers = input.lastEventId === undefined ? {} : { 'last-event-id': input.lastEventId };
    const response = await openRoute(caller, route, { ...input, signal, headers });
    yield { kind: 'connected' };
    const chunks = watched(response.body, () => timer.refresh());
    for await (const event of readServerSentEvents(chunks)) yield { kind: 'event', event };
  } catch (error) {
    throw error instanceof TypeError ? new ConnectionError(caller.url, connectionReason(error), error) : error;
  } finally {
    clearTimeout(timer);
    // The consumer may have stopped in the middle: the connection must not outlive it.
    silence.abort();
  }
}

async function* watched(body: AsyncIterable<Uint8Array> | null, onChunk: () => void): AsyncGenerator<Uint8Array> {
  if (!body) return;
  for await (const chunk of body) {
    onChunk();
    yield chunk;
  }
}

/** The one message of an event, or none of an id that came alone. */
function messagesOf(caller: Caller, route: Route, { data }: ServerSentEvent): readonly unknown[] {
  if (data === undefined) return [];
  try {
    return [route.response?.decode(JSON.parse(data))];
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof DecodeError)) throw error;
    throw new UnexpectedAnswerError(caller.url, 200, `a stream message that is not understood (${error.message})`);
  }
}

/** Whether an error may pass by itself: a lost connection, a server that is being restarted. */
function passes(error: unknown): boolean {
  if (error instanceof ConnectionError) return true;
  if (error instanceof ApiError) return error.status >= 500;
  return error instanceof UnexpectedAnswerError && error.status >= 500;
}

function describe(error: unknown): string {
  if (error instanceof ConnectionError) return error.reason;
  return error instanceof Error ? error.message : String(error);
}
