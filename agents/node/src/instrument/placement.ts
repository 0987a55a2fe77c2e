import type { SourceText } from './source-text.ts';

export interface Place {
  readonly offset: number;
  readonly needsSemicolon: boolean;
}

const closers = new Set([')', ']', '}', ',', ';']);

/**
 * Finds places where text can be inserted and no call, member access or statement leaves its line or column:
 * only behind the last token of a line, or, for a closing bracket, before nothing but closing punctuation.
 * Stack traces, source maps and inspector breakpoints stay right because of this rule, without a map of our own.
 */
export class Placement {
  readonly #text: SourceText;
  readonly #insertedSemicolons: ReadonlySet<number>;

  constructor(text: SourceText, insertedSemicolons: ReadonlySet<number>) {
    this.#text = text;
    this.#insertedSemicolons = insertedSemicolons;
  }

  /** Behind the token that precedes `start`, if that token ends on an earlier line. */
  before(start: number): Place | undefined {
    const tokenEnd = this.#text.tokenEndBefore(start);
    const offset = tokenEnd ?? this.#text.codeStart;
    const lastLine = this.#text.line(tokenEnd === undefined ? offset : tokenEnd - 1);
    if (lastLine >= this.#text.line(start)) return undefined;
    return { offset, needsSemicolon: this.#insertedSemicolons.has(offset) };
  }

  canCloseAt(end: number): boolean {
    const line = this.#text.line(end - 1);
    let next = this.#text.tokenStartAfter(end);
    while (next < this.#text.code.length && this.#text.line(next) === line) {
      if (!closers.has(this.#text.code.charAt(next))) return false;
      next = this.#text.tokenStartAfter(next + 1);
    }
    return true;
  }

  /** Behind the last token of the module. */
  atEnd(): Place {
    const offset = this.#text.tokenEndBefore(this.#text.code.length) ?? this.#text.codeStart;
    return { offset, needsSemicolon: this.#insertedSemicolons.has(offset) };
  }
}
