// The delivery worker's entry: builds everything that runs in the thread.
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { DeliveryOptions, ToApplication, ToWorker } from './delivery/channel.ts';
import { createDeliveryWorker } from './delivery/delivery-worker.ts';
import { gaugeView } from './delivery/gauge-view.ts';
import { createHttpTransport } from './delivery/http-transport.ts';
import { systemClock } from './delivery/system-clock.ts';
import type { Transport } from './delivery/transport.ts';
import { BreakpointKeeper } from './inspector/breakpoint-keeper.ts';
import { connectDebugger } from './inspector/debugger-connection.ts';

function start(port: MessagePort, options: DeliveryOptions): void {
  const gauge = gaugeView(options.gauge);
  const post = (message: ToApplication) => port.postMessage(message);
  const breakpoints = new BreakpointKeeper({
    // A session of this thread reaches the main thread only, whichever thread started it.
    connect: options.session.thread === 'main' ? connectDebugger : undefined,
    onReport: post,
    onInspecting: (inspecting) => gauge.set('inspecting', inspecting ? 1 : 0),
  });
  const transport = transportOf(options, post);
  if (!transport) {
    // Ending would only have the thread started again, and nothing about a URL gets right by itself.
    port.on('message', () => {});
    return;
  }
  const delivery = createDeliveryWorker({
    options,
    transport,
    clock: systemClock,
    random: Math.random,
    gauge,
    post,
  });
  port.on('message', (message: ToWorker) => {
    if (message.kind === 'set-breakpoints') breakpoints.set(message.breakpoints);
    else {
      if (message.kind === 'flush') breakpoints.close();
      delivery.receive(message);
    }
  });
  delivery.start();
}

function transportOf(options: DeliveryOptions, post: (message: ToApplication) => void): Transport | undefined {
  try {
    return createHttpTransport(options.url, options.token);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    post({ kind: 'diagnostic', message: `the server cannot be called: ${reason}` });
    return undefined;
  }
}

if (parentPort) start(parentPort, workerData as DeliveryOptions);
