import type { Infer, Route, Schema } from '@sonde/protocol';

/** Who calls, as its token says. */
export interface Caller {
  readonly tokenId: string;
  readonly name: string;
}

/** A decoded request of route `R`. */
export interface Call<R extends Route> {
  readonly params: Infer<R['params']>;
  readonly query: Infer<R['query']>;
  readonly body: R['request'] extends Schema<infer T> ? T : undefined;
  readonly caller: Caller;
  /** What a stream that comes back has seen last. */
  readonly lastEventId: string | undefined;
}

type Answer<R extends Route> = R['response'] extends Schema<infer T> ? T : undefined;

/** The server's side of one stream. Nothing here throws when the reader is gone; it is merely `closed`. */
export interface MessageStream<T> {
  readonly closed: boolean;
  /** More is buffered than a reader that keeps up would leave; send only what is small or wait for `drained`. */
  readonly full: boolean;
  /** `id` is what the reader names when it comes back. */
  send(message: T, id?: string): void;
  /** An id without a message: from here on, it is what the reader names when it comes back. */
  mark(id: string): void;
  /** Resolves when there is room again or the stream has closed. */
  drained(): Promise<void>;
  /** Called once, at once if it has closed already. */
  onClose(listener: () => void): void;
  close(): void;
}

/** A route together with what answers it; features make these, the HTTP layer serves them. */
export type Endpoint =
  | {
      readonly kind: 'reply';
      readonly route: Route;
      readonly created: boolean;
      readonly handle: (call: Call<Route>) => Promise<unknown>;
    }
  | {
      readonly kind: 'stream';
      readonly route: Route;
      /** Checks before the stream opens, so that a refusal is still a problem with a status. */
      readonly open: (call: Call<Route>) => Promise<(stream: MessageStream<unknown>) => void>;
    };

type MaybeAsync<T> = T | Promise<T>;

/** Answers each call of `route` once. */
export function reply<R extends Route>(route: R, handle: (call: Call<R>) => MaybeAsync<Answer<R>>): Endpoint {
  return { kind: 'reply', route, created: false, handle: async (call) => handle(call as Call<R>) };
}

/** As `reply`, for a call that makes something new. */
export function creates<R extends Route>(route: R, handle: (call: Call<R>) => MaybeAsync<Answer<R>>): Endpoint {
  return { kind: 'reply', route, created: true, handle: async (call) => handle(call as Call<R>) };
}

/** Opens a stream of `route`'s messages. */
export function streams<R extends Route>(
  route: R,
  open: (call: Call<R>) => MaybeAsync<(stream: MessageStream<Answer<R>>) => void>,
): Endpoint {
  return {
    kind: 'stream',
    route,
    open: async (call) => (await open(call as Call<R>)) as (stream: MessageStream<unknown>) => void,
  };
}
