export interface SpanIdentity {
  readonly traceId: string;
  readonly spanId: string;
}

/** Where every copy of `@opentelemetry/api` 1.x keeps what the application registered, and the key of its span. */
const apiKey = Symbol.for('opentelemetry.js.api.1');
const spanKey = Symbol.for('OpenTelemetry Context Key SPAN');

interface RegisteredApi {
  readonly context?: { active(): { getValue(key: symbol): unknown } };
}

interface SpanLike {
  spanContext(): SpanIdentity;
}

const traceIdPattern = /^[0-9a-f]{32}$/;
const spanIdPattern = /^[0-9a-f]{16}$/;

/**
 * The span that is active where this is called, read from what the application's own OpenTelemetry registered under
 * global symbols; we depend on no version of it. Undefined when there is none, or when it misbehaves.
 */
export function activeSpan(global: object): SpanIdentity | undefined {
  const api = (global as { readonly [apiKey]?: RegisteredApi })[apiKey];
  const context = api?.context;
  if (context === undefined) return undefined;
  try {
    const span = context.active().getValue(spanKey) as SpanLike | undefined;
    if (span === undefined) return undefined;
    const { traceId, spanId } = span.spanContext();
    return traceIdPattern.test(traceId) && spanIdPattern.test(spanId) ? { traceId, spanId } : undefined;
  } catch {
    // Somebody else's context manager failed: the event goes out without a trace, which is what it is then.
    return undefined;
  }
}
