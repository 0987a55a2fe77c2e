/**
 * One event of a `text/event-stream`, or an id that came alone (`data` is undefined), from which a reader goes on when it
 * comes back. Comments, which only show that the peer is alive, are not events.
 */
export interface ServerSentEvent {
  readonly id: string | undefined;
  readonly name: string;
  readonly data: string | undefined;
}

/** Far beyond any message of the protocol; a peer that sends more without an end must not fill the memory. */
const maxEventCharacters = 32_000_000;

/** Cuts a stream of bytes into events as the HTML standard says. An event that the end cuts off is dropped. */
export async function* readServerSentEvents(body: AsyncIterable<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  const decoder = new TextDecoder();
  let rest = '';
  let fields = emptyFields();
  for await (const chunk of body) {
    rest += decoder.decode(chunk, { stream: true });
    if (rest.length + fields.characters > maxEventCharacters)
      throw new RangeError('an event of the stream is too long');
    // A CR at the very end may be the first half of a CR LF, so it waits for the next chunk.
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line !== '') addLine(fields, line);
      else {
        const event = eventOf(fields);
        if (event) yield event;
        fields = emptyFields();
      }
    }
  }
}

interface Fields {
  id: string | undefined;
  name: string;
  data: string[];
  characters: number;
}

function eventOf({ id, name, data }: Fields): ServerSentEvent | undefined {
  if (data.length > 0) return { id, name: name || 'message', data: data.join('\n') };
  return id === undefined ? undefined : { id, name: '', data: undefined };
}

function emptyFields(): Fields {
  return { id: undefined, name: '', data: [], characters: 0 };
}

function addLine(fields: Fields, line: string): void {
  const colon = line.indexOf(':');
  if (colon === 0) return;
  const name = colon < 0 ? line : line.slice(0, colon);
  const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
  fields.characters += line.length;
  if (name === 'data') fields.data.push(value);
  else if (name === 'event') fields.name = value;
  else if (name === 'id' && !value.includes('\0')) fields.id = value;
}
