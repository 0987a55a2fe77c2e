import type { MessageStream } from '../endpoint.ts';

/** A stream that keeps what it is sent; `full` is set by the test. */
export class FakeStream<T> implements MessageStream<T> {
  readonly sent: { readonly message: T; readonly id: string | undefined }[] = [];
  readonly marks: string[] = [];
  closed = false;
  #full = false;
  readonly #drains: (() => void)[] = [];
  readonly #closes: (() => void)[] = [];
  readonly #sends = new Set<() => void>();

  get messages(): readonly T[] {
    return this.sent.map(({ message }) => message);
  }

  get full(): boolean {
    return this.#full;
  }

  set full(full: boolean) {
    this.#full = full;
    if (!full) for (const resolve of this.#drains.splice(0)) resolve();
  }

  send(message: T, id?: string): void {
    this.sent.push({ message, id });
    for (const tell of [...this.#sends]) tell();
  }

  mark(id: string): void {
    this.marks.push(id);
  }

  async drained(): Promise<void> {
    if (this.#full && !this.closed) await new Promise<void>((resolve) => this.#drains.push(resolve));
  }

  /** Resolves once the condition holds; it is looked at after each message. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>((resolve) => {
        const tell = () => {
          this.#sends.delete(tell);
          resolve();
        };
        this.#sends.add(tell);
      });
    }
  }

  onClose(listener: () => void): void {
    this.#closes.push(listener);
  }

  close(): void {
    this.closed = true;
    this.full = false;
    for (const listener of this.#closes.splice(0)) listener();
  }
}
