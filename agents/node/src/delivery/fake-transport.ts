import type { StreamListener, Transport, TransportRequest, TransportResponse } from './transport.ts';

interface Pending {
  readonly request: TransportRequest;
  answer(status: number, body?: unknown): void;
  fail(message: string): void;
}

/** A transport whose other end is the test. */
export class FakeTransport implements Transport {
  /** Calls without an answer yet, oldest first. */
  readonly pending: Pending[] = [];
  /** Every call that was ever made. */
  readonly requests: TransportRequest[] = [];
  readonly streams: { readonly path: string; readonly listener: StreamListener; closed: boolean }[] = [];
  protocol: string | undefined = '1';

  send(request: TransportRequest): Promise<TransportResponse> {
    this.requests.push(request);
    return new Promise((resolve, reject) => {
      const done = () => this.pending.splice(this.pending.indexOf(pending), 1);
      const pending: Pending = {
        request,
        answer: (status, body) => {
          done();
          resolve({ status, protocol: this.protocol, body: body === undefined ? '' : JSON.stringify(body) });
        },
        fail: (message) => {
          done();
          reject(new Error(message));
        },
      };
      this.pending.push(pending);
    });
  }

  listen(path: string, listener: StreamListener): () => void {
    const stream = { path, listener, closed: false };
    this.streams.push(stream);
    return () => {
      stream.closed = true;
    };
  }
}
