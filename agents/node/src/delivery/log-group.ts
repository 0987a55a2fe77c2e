import type { LogColumns, LogHead, LogLine } from './log-columns.ts';

/** Gathers lines into columns. The arrays are allocated once: posting copies them, so they can be filled again. */
export class LogGroup {
  readonly #capacity: number;
  readonly #head: Uint16Array;
  readonly #sequence: Float64Array;
  readonly #atMs: Float64Array;
  readonly #end: Uint32Array;
  readonly #spanned: Uint8Array;
  #heads: LogHead[] = [];
  #text = '';
  #spans = '';
  #count = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#head = new Uint16Array(capacity);
    this.#sequence = new Float64Array(capacity);
    this.#atMs = new Float64Array(capacity);
    this.#end = new Uint32Array(capacity);
    this.#spanned = new Uint8Array(capacity);
  }

  get count(): number {
    return this.#count;
  }

  get isFull(): boolean {
    return this.#count === this.#capacity;
  }

  /** To be called only while it is not full. */
  add(line: LogLine): void {
    const at = this.#count;
    this.#head[at] = this.#indexOf(line.head);
    this.#sequence[at] = line.sequence;
    this.#atMs[at] = line.atMs;
    this.#text += line.message;
    this.#end[at] = this.#text.length;
    const { traceId, spanId } = line;
    if (traceId !== undefined && spanId !== undefined) {
      this.#spanned[at] = 1;
      this.#spans += traceId + spanId;
    } else this.#spanned[at] = 0;
    this.#count = at + 1;
  }

  /** What was gathered, to be copied before the next line is added. */
  columns(): LogColumns {
    return {
      count: this.#count,
      heads: this.#heads,
      head: this.#head,
      sequence: this.#sequence,
      atMs: this.#atMs,
      text: this.#text,
      end: this.#end,
      spans: this.#spans,
      spanned: this.#spanned,
    };
  }

  clear(): void {
    this.#heads = [];
    this.#text = '';
    this.#spans = '';
    this.#count = 0;
  }

  /** Most groups hold the lines of one or two probes, and most lines have the head of the line before. */
  #indexOf(head: LogHead): number {
    const heads = this.#heads;
    for (let index = heads.length - 1; index >= 0; index--) if (heads[index] === head) return index;
    heads.push(head);
    return heads.length - 1;
  }
}
