import type { Bus, Signal } from './bus.ts';

/** The bus of a server that is alone. */
export class InProcessBus implements Bus {
  readonly #listeners = new Set<(signal: Signal) => void>();

  publish(signal: Signal): void {
    for (const listener of [...this.#listeners]) listener(signal);
  }

  subscribe(listener: (signal: Signal) => void): () => void {
    // A function of its own, so that one listener may subscribe twice.
    const own = (signal: Signal) => listener(signal);
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  async close(): Promise<void> {
    this.#listeners.clear();
  }
}
