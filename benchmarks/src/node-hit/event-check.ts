import type { FakeServer } from '../../../testing/src/fake-server.ts';
import { expectedLine } from './subject.ts';

/** Holds the log lines that arrive to those that must arrive: each one once, in order, with the right text. */
export class EventCheck {
  readonly #server: FakeServer;
  readonly #probeId: string;
  #firstOrder = 0;
  #proven = 0;
  #lastNs = 0n;

  constructor(server: FakeServer, probeId: string) {
    this.#server = server;
    this.#probeId = probeId;
  }

  get proven(): number {
    return this.#proven;
  }

  begin(firstOrder: number): void {
    this.#firstOrder = firstOrder;
  }

  /** Waits for as many lines in all, and checks those that were not checked before. */
  async prove(lines: number, waitMs: number): Promise<void> {
    await this.#server.waitForEvents(lines, waitMs);
    const events = this.#server.events();
    if (events.length !== lines) throw new Error(`${events.length} lines in place of ${lines}`);
    for (const event of events.slice(this.#proven)) {
      const expected = expectedLine(this.#firstOrder + this.#proven);
      this.#proven += 1;
      const timeNs = BigInt(event.timeNs);
      const right =
        event.kind === 'log' &&
        event.message === expected &&
        event.sequence === this.#proven &&
        event.probeId === this.#probeId &&
        timeNs >= this.#lastNs;
      if (!right) throw new Error(`line ${this.#proven} is ${JSON.stringify(event)} in place of "${expected}"`);
      this.#lastNs = timeNs;
    }
  }
}
