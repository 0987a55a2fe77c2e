/** A call of `sonde` in a document: its words, and where it stands. */
export interface DocumentedCall {
  readonly line: number;
  readonly text: string;
  readonly words: readonly string[];
}

const commandLanguages = new Set(['', 'sh', 'bash', 'shell', 'console']);

/** Every call of `sonde` in the code blocks of a Markdown text. In a `console` block those are the lines after a `$`. */
export function callsIn(markdown: string): readonly DocumentedCall[] {
  const calls: DocumentedCall[] = [];
  let language: string | undefined;
  for (const [index, line] of markdown.split('\n').entries()) {
    const fence = /^\s*```(\w*)/.exec(line);
    if (fence) language = language === undefined ? (fence[1] ?? '') : undefined;
    else if (language !== undefined && commandLanguages.has(language)) {
      for (const text of commandsIn(line, language)) calls.push({ line: index + 1, text, words: wordsOf(text) });
    }
  }
  return calls;
}

/** The names of commands that a text mentions in passing, as in `sonde agents`. */
export function commandsNamedIn(markdown: string): readonly string[] {
  return [...markdown.matchAll(/`sonde ([a-z]+)/g)].map(([, name]) => name ?? '');
}

function commandsIn(line: string, language: string): readonly string[] {
  const prompted = /^\s*\$ (.*)$/.exec(line)?.[1];
  const typed = prompted ?? (language === 'console' ? '' : line.trim());
  return splitPipe(typed)
    .map((part) => part.trim().replace(/^((?:[A-Z_]+=\S*|exec|npx)\s+)*/, ''))
    .filter((part) => /^sonde(\s|$)/.test(part))
    .map((part) => part.replace(/^sonde\s*/, ''));
}

/** At each `|` outside of quotes. */
function splitPipe(text: string): readonly string[] {
  return text.match(/(?:'[^']*'|"[^"]*"|[^|])+/g) ?? [];
}

/** The words as a shell would pass them, with a value in place of each placeholder. */
function wordsOf(text: string): readonly string[] {
  const words: string[] = [];
  for (const [word] of text.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)) {
    if (word.startsWith('#')) break;
    words.push(filledIn(word.replace(/'([^']*)'|"([^"]*)"/g, '$1$2')));
  }
  return words;
}

function filledIn(word: string): string {
  return word
    .replace(/^FILE:LINE(\[:COLUMN\])?$/, 'orders.ts:1')
    .replace(/:NN$/, ':1')
    .replace(/^ID(…)?$/, 'p_00000001');
}
