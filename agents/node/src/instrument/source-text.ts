import type { Comment } from 'acorn';

const lineEnd = /\r\n|[\n\r\u2028\u2029]/g;
const whitespace = /\s/;

/** Lines, columns and the gaps between tokens of one module. Lines end where V8 ends them; all count from 1. */
export class SourceText {
  readonly code: string;
  readonly lineCount: number;
  /** The first offset at which code may be written: behind the hashbang line when there is one. */
  readonly codeStart: number;
  readonly #lineStarts: number[] = [0];
  readonly #commentEndByStart = new Map<number, number>();
  readonly #commentStartByEnd = new Map<number, number>();

  constructor(code: string, comments: readonly Comment[]) {
    this.code = code;
    for (const match of code.matchAll(lineEnd)) this.#lineStarts.push(match.index + match[0].length);
    this.lineCount = this.#lineStarts.length;
    for (const { start, end } of comments) {
      this.#commentEndByStart.set(start, end);
      this.#commentStartByEnd.set(end, start);
    }
    this.codeStart = code.startsWith('#!') ? (this.#lineStarts[1] ?? code.length) : 0;
  }

  line(offset: number): number {
    let low = 0;
    let high = this.#lineStarts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }

  column(offset: number): number {
    return offset - (this.#lineStarts[this.line(offset) - 1] ?? 0) + 1;
  }

  /** Where the last token before `offset` ends; `undefined` when there is none. */
  tokenEndBefore(offset: number): number | undefined {
    let end = offset;
    while (end > this.codeStart) {
      const commentStart = this.#commentStartByEnd.get(end);
      if (commentStart !== undefined) end = commentStart;
      else if (whitespace.test(this.code.charAt(end - 1))) end -= 1;
      else return end;
    }
    return undefined;
  }

  /** Where the first token at or after `offset` starts; the length of the code when there is none. */
  tokenStartAfter(offset: number): number {
    let start = offset;
    while (start < this.code.length) {
      const commentEnd = this.#commentEndByStart.get(start);
      if (commentEnd !== undefined) start = commentEnd;
      else if (whitespace.test(this.code.charAt(start))) start += 1;
      else break;
    }
    return start;
  }
}
