import { apiRoutes, type Infer, type Route, type Schema } from '@sonde/protocol';
import { type Caller, callRoute, type Fetch, type RouteInput } from './call-route.ts';
import { type StreamMessage, type TailTiming, tailRoute, tailTiming } from './tail.ts';

type Routes = typeof apiRoutes;
type Part<Name extends string, Value> = keyof Value extends never ? unknown : { readonly [K in Name]: Value };
type Query<Value> = keyof Value extends never ? unknown : { readonly query?: Value };
type Body<R extends Route> = R['request'] extends Schema<infer Value> ? { readonly body: Value } : unknown;

/** What a call takes: its parameters, query and body as the route describes them, and a signal that ends it. */
export type CallInput<R extends Route> = Part<'params', Infer<R['params']>> &
  Query<Infer<R['query']>> &
  Body<R> & { readonly signal?: AbortSignal };

type Answer<R extends Route> = R['response'] extends Schema<infer Value> ? Value : undefined;
type Result<R extends Route> = R['stream'] extends true
  ? AsyncGenerator<StreamMessage<Answer<R>>, void, undefined>
  : Promise<Answer<R>>;
type Call<R extends Route> =
  Record<never, never> extends CallInput<R> ? (input?: CallInput<R>) => Result<R> : (input: CallInput<R>) => Result<R>;

/**
 * One method for each route of the API. They reject with an `ApiError` (refused), a `ConnectionError` (no answer) or an
 * `UnexpectedAnswerError` (not a Sonde server).
 */
export type ApiClient = { readonly [Name in keyof Routes]: Call<Routes[Name]> };

interface ApiClientOptions {
  readonly url: string;
  readonly token?: string | undefined;
  readonly fetch?: Fetch;
  /** For a whole answer; a stream has no end. Longer than the server waits for agents that do not answer. */
  readonly timeoutMs?: number;
  readonly timing?: TailTiming;
}

export function createApiClient(options: ApiClientOptions): ApiClient {
  const timing = options.timing ?? tailTiming;
  const caller: Caller = {
    url: options.url,
    token: options.token,
    fetch: options.fetch ?? ((url, init) => fetch(url, init)),
    timeoutMs: options.timeoutMs ?? 30_000,
  };
  const calls = Object.entries(apiRoutes).map(([name, route]) => [
    name,
    (input: RouteInput = {}) =>
      route.stream ? tailRoute(caller, route, input, timing) : callRoute(caller, route, input),
  ]);
  // Both the type and the object are derived from the same table, which TypeScript cannot follow through entries.
  return Object.fromEntries(calls) as ApiClient;
}
