import type { ServerResponse } from 'node:http';
import { keepAliveMs } from '@sonde/protocol';
import type { Clock } from '../clock.ts';
import type { MessageStream } from '../endpoint.ts';

/** What may wait in this process for one reader, on top of what the kernel holds for it. */
const fullBytes = 262_144;
/** A reader that takes nothing for so long is not there any more. */
const stalledMs = 30_000;

/** Server-sent events over one response. `event:` is the message's kind, `data:` the whole message. */
export class EventStream<T extends { readonly kind: string }> implements MessageStream<T> {
  readonly #response: ServerResponse;
  readonly #clock: Clock;
  readonly #closeListeners: (() => void)[] = [];
  readonly #drainListeners: (() => void)[] = [];
  #closed = false;
  #cancelKeepAlive: () => void = () => {};
  #cancelStall: (() => void) | undefined;

  constructor(response: ServerResponse, clock: Clock) {
    this.#response = response;
    this.#clock = clock;
    response.on('drain', () => this.drain());
    response.on('close', () => this.finish());
    response.writeHead(200, { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' });
    // At once: a client learns that the stream stands before there is anything to say.
    response.write(': open\n\n');
    this.keepAlive();
    // A reader that went while its request was looked at has closed already and will not say so again.
    if (response.destroyed) this.finish();
  }

  get closed(): boolean {
    return this.#closed;
  }

  get full(): boolean {
    return this.#response.writableLength >= fullBytes;
  }

  send(message: T, id?: string): void {
    if (this.#closed) return;
    const head = id === undefined ? '' : `id: ${id}\n`;
    this.write(`${head}event: ${message.kind}\ndata: ${JSON.stringify(message)}\n\n`);
  }

  mark(id: string): void {
    if (!this.#closed) this.write(`id: ${id}\n\n`);
  }

  async drained(): Promise<void> {
    if (this.#closed || !this.full) return;
    await new Promise<void>((resolve) => this.#drainListeners.push(resolve));
  }

  onClose(listener: () => void): void {
    if (this.#closed) listener();
    else this.#closeListeners.push(listener);
  }

  /** Ends the stream; what the reader has not taken by now it will not get when it does not read. */
  close(): void {
    if (this.#closed) return;
    const { socket } = this.#response;
    this.#response.end();
    if (this.full) socket?.destroy();
    this.finish();
  }

  private write(text: string): void {
    if (this.#response.write(text)) return;
    this.#cancelStall ??= this.#clock.schedule(stalledMs, () => this.#response.destroy());
  }

  private keepAlive(): void {
    this.#cancelKeepAlive = this.#clock.schedule(keepAliveMs, () => {
      // A reader that is behind has enough to read.
      if (!this.full) this.write(': keep-alive\n\n');
      this.keepAlive();
    });
  }

  private drain(): void {
    this.#cancelStall?.();
    this.#cancelStall = undefined;
    for (const resolve of this.#drainListeners.splice(0)) resolve();
  }

  private finish(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#cancelKeepAlive();
    this.drain();
    for (const listener of this.#closeListeners.splice(0)) listener();
  }
}
