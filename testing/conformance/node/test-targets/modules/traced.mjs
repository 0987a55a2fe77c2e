import { trace } from '@opentelemetry/api';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { checkout } from './orders.mjs';

new NodeTracerProvider().register();

export function tracedCheckout(id, total) {
  return trace.getTracer('target').startActiveSpan('checkout', (span) => {
    checkout(id, total);
    span.end();
    const { traceId, spanId } = span.spanContext();
    return { traceId, spanId };
  });
}
