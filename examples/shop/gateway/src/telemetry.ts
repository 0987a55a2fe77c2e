import type { Tracer } from '@opentelemetry/api';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';

export interface Telemetry {
  readonly tracer: Tracer;
  readonly stop: () => Promise<void>;
}

/**
 * Makes this process one that traces: spans live in an AsyncLocalStorage and trace ids travel in `traceparent` headers.
 * Nothing exports the spans yet.
 */
export function startTelemetry(): Telemetry {
  const provider = new NodeTracerProvider();
  provider.register();
  return { tracer: provider.getTracer('shop-gateway'), stop: () => provider.shutdown() };
}
