/** A text to be written at an offset of the original; its text may be decided after its place. */
export interface Insertion {
  readonly offset: number;
  text: string;
}

/** Insertions only: nothing of the original is ever removed or replaced. */
export class Edits {
  readonly #insertions: Insertion[] = [];

  /** At one offset, what was reserved first stands first. */
  reserve(offset: number, text = ''): Insertion {
    const insertion = { offset, text };
    this.#insertions.push(insertion);
    return insertion;
  }

  apply(code: string): string {
    const ordered = this.#insertions.filter((insertion) => insertion.text !== '').sort((a, b) => a.offset - b.offset);
    const parts: string[] = [];
    let done = 0;
    for (const { offset, text } of ordered) {
      parts.push(code.slice(done, offset), text);
      done = offset;
    }
    parts.push(code.slice(done));
    return parts.join('');
  }
}
