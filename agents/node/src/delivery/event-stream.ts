import { StringDecoder } from 'node:string_decoder';

/** One server-sent event. Without an `event:` line its name is `message`. */
export interface ServerSentEvent {
  readonly name: string;
  readonly data: string;
}

export interface EventStreamListener {
  onEvent(event: ServerSentEvent): void;
  /** An event was longer than the bound and was left out; the stream goes on behind it. */
  onOversize(): void;
}

/**
 * Reads `text/event-stream` from chunks cut anywhere, within a character or a line end too. At most `maxCharacters` are
 * held for one event. `id:` and `retry:` are ignored: the commands stream sends the whole state each time.
 */
export class EventStreamReader {
  readonly #maxCharacters: number;
  readonly #listener: EventStreamListener;
  readonly #decoder = new StringDecoder('utf8');
  #atStart = true;
  #lineFeedMayFollow = false;
  #line = '';
  #lineIsBlank = true;
  #name = '';
  #data: string[] = [];
  #held = 0;
  #oversize = false;

  constructor(maxCharacters: number, listener: EventStreamListener) {
    this.#maxCharacters = maxCharacters;
    this.#listener = listener;
  }

  push(chunk: Buffer): void {
    const text = this.#withoutLeftovers(this.#decoder.write(chunk));
    const lineEnd = /\r\n|\n|\r/g;
    let from = 0;
    for (let match = lineEnd.exec(text); match; match = lineEnd.exec(text)) {
      this.#hold(text.slice(from, match.index));
      this.#endLine();
      from = lineEnd.lastIndex;
      this.#lineFeedMayFollow = match[0] === '\r' && from === text.length;
    }
    this.#hold(text.slice(from));
  }

  /** Takes off the byte order mark, and the second half of a line end whose first half ended the last chunk. */
  #withoutLeftovers(text: string): string {
    if (text === '') return text;
    const skip = this.#atStart ? text.startsWith('\uFEFF') : this.#lineFeedMayFollow && text.startsWith('\n');
    this.#atStart = false;
    this.#lineFeedMayFollow = false;
    return skip ? text.slice(1) : text;
  }

  #hold(text: string): void {
    if (text === '') return;
    this.#lineIsBlank = false;
    if (this.#oversize) return;
    this.#held += text.length;
    if (this.#held <= this.#maxCharacters) {
      this.#line += text;
      return;
    }
    this.#oversize = true;
    this.#line = '';
    this.#data = [];
  }

  #endLine(): void {
    const line = this.#line;
    const blank = this.#lineIsBlank;
    this.#line = '';
    this.#lineIsBlank = true;
    if (blank) this.#endEvent();
    // Keep-alive comments between events must not add up to the bound.
    else if (line.startsWith(':')) this.#held -= line.length;
    else if (!this.#oversize) this.#readField(line);
  }

  #readField(line: string): void {
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (field === 'data') this.#data.push(value);
    else if (field === 'event') this.#name = value;
  }

  #endEvent(): void {
    const { oversize, data, name } = { oversize: this.#oversize, data: this.#data, name: this.#name };
    this.#data = [];
    this.#name = '';
    this.#held = 0;
    this.#oversize = false;
    if (oversize) this.#listener.onOversize();
    else if (data.length > 0) this.#listener.onEvent({ name: name || 'message', data: data.join('\n') });
  }
}
