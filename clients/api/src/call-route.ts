import { DecodeError, problemDetail, protocolHeader, protocolVersion, type Route } from '@sonde/protocol';
import { ApiError } from './api-error.ts';
import { ConnectionError, connectionReason } from './connection-error.ts';
import { type RouteValues, routeAddress } from './route-address.ts';
import { UnexpectedAnswerError } from './unexpected-answer-error.ts';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Where a client calls, and with what. */
export interface Caller {
  readonly url: string;
  readonly token: string | undefined;
  readonly fetch: Fetch;
  readonly timeoutMs: number;
}

export interface RouteInput extends RouteValues {
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** Makes one call and returns its decoded answer; `undefined` for a call that answers without a body. */
export async function callRoute(caller: Caller, route: Route, input: RouteInput): Promise<unknown> {
  const timeout = AbortSignal.timeout(caller.timeoutMs);
  const signal = input.signal ? AbortSignal.any([input.signal, timeout]) : timeout;
  const response = await openRoute(caller, route, { ...input, signal });
  if (!route.response) {
    await response.body?.cancel();
    return undefined;
  }
  const text = await reachable(caller, signal, () => response.text());
  try {
    return route.response.decode(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof DecodeError)) throw error;
    throw new UnexpectedAnswerError(response.url || caller.url, response.status, error.message, error);
  }
}

/** Makes the call and returns the response once its status is good; a refusal is thrown as an `ApiError`. */
export async function openRoute(
  caller: Caller,
  route: Route,
  input: RouteInput & { readonly headers?: { readonly [name: string]: string } },
): Promise<Response> {
  const url = routeAddress(caller.url, route, input);
  const { signal } = input;
  const init: RequestInit = {
    method: route.method,
    // A redirect would carry the token to a place nobody named.
    redirect: 'error',
    headers: {
      accept: route.stream ? 'text/event-stream' : 'application/json',
      [protocolHeader]: String(protocolVersion),
      ...(caller.token && { authorization: `Bearer ${caller.token}` }),
      ...(route.request && { 'content-type': 'application/json' }),
      ...input.headers,
    },
    ...(route.request && { body: JSON.stringify(input.body) }),
    ...(signal && { signal }),
  };
  const response = await reachable(caller, signal, () => caller.fetch(url, init));
  if (response.ok) return response;
  throw refusal(url, response.status, await reachable(caller, signal, () => response.text()));
}

function refusal(url: string, status: number, body: string): Error {
  try {
    return new ApiError(problemDetail.decode(JSON.parse(body)));
  } catch (error) {
    return new UnexpectedAnswerError(url, status, 'no problem detail', error);
  }
}

/** A caller's own abort stays an abort; everything else that keeps an answer from coming is a `ConnectionError`. */
async function reachable<T>(caller: Caller, signal: AbortSignal | undefined, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (signal?.aborted && !isTimeout(signal.reason)) throw signal.reason;
    const reason = isTimeout(error) ? `no answer within ${caller.timeoutMs / 1_000} s` : connectionReason(error);
    throw new ConnectionError(caller.url, reason, error);
  }
}

function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'TimeoutError';
}
