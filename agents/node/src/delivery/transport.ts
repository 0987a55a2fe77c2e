export interface TransportRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below the server's URL, with a leading slash. */
  readonly path: string;
  readonly body?: Buffer;
  readonly gzip?: boolean;
}

export interface TransportResponse {
  readonly status: number;
  /** The `Sonde-Protocol` header, if the answer has one. */
  readonly protocol: string | undefined;
  readonly body: string;
}

export interface StreamListener {
  onOpen(): void;
  onChunk(chunk: Buffer): void;
  /** Called once, last. `refusal` is there when the server answered with something else than a stream. */
  onEnd(reason: string, refusal?: TransportResponse): void;
}

/** The way to one server. */
export interface Transport {
  /** Any answer resolves; no answer rejects with an error whose message is fit for a person. */
  send(request: TransportRequest): Promise<TransportResponse>;
  /** Opens a stream; the answer closes it, after which the listener hears nothing more. */
  listen(path: string, listener: StreamListener): () => void;
}
