import type { Terminal } from '../cli-context.ts';

export function writeLines(terminal: Terminal, lines: readonly string[]): void {
  terminal.write(`${lines.join('\n')}\n`);
}

/** One JSON value on one line, so that a stream of them can be read line by line. */
export function writeJson(terminal: Terminal, value: unknown): void {
  terminal.write(`${JSON.stringify(value)}\n`);
}
