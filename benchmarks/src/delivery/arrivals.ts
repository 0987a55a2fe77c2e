import type { ApiClient } from '@sonde/api-client';
import type { AgentEvent } from '@sonde/protocol';
import { epochMs } from './creation.ts';

export interface Arrival {
  readonly event: AgentEvent;
  readonly atMs: number;
}

const waitMs = 30_000;

/** What the live tail brings, for those who wait for it. */
export class Arrivals {
  readonly #all: Arrival[] = [];
  readonly #waiting = new Map<string, (arrival: Arrival) => void>();
  readonly #abort = new AbortController();

  get count(): number {
    return this.#all.length;
  }

  /** Resolves once nothing is missed any more. */
  async follow(client: ApiClient): Promise<void> {
    const messages = client.tail({ signal: this.#abort.signal });
    const first = await messages.next();
    if (first.done || first.value.kind !== 'connected') throw new Error('the tail does not begin with its connection');
    void this.#read(messages);
  }

  /** The first event of a probe, which may have come before. */
  first(probeId: string): Promise<Arrival> {
    const arrived = this.#all.find(({ event }) => event.probeId === probeId);
    if (arrived) return Promise.resolve(arrived);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no event of ${probeId} within ${waitMs} ms`)), waitMs);
      this.#waiting.set(probeId, (arrival) => {
        clearTimeout(timer);
        resolve(arrival);
      });
    });
  }

  stop(): void {
    this.#abort.abort();
  }

  async #read(messages: ReturnType<ApiClient['tail']>): Promise<void> {
    for await (const message of messages) {
      if (message.kind !== 'event') continue;
      const { event } = message.event;
      const arrival = { event, atMs: epochMs() };
      this.#all.push(arrival);
      this.#waiting.get(event.probeId)?.(arrival);
      this.#waiting.delete(event.probeId);
    }
  }
}
