import type { CliContext } from '../cli-context.ts';
import { createPaint } from '../output/paint.ts';
import { clip } from '../output/table.ts';
import { lasting } from '../output/wording.ts';

export interface ProgressLine {
  /** Says what is going on; the elapsed time is kept up by itself. */
  update(text: string): void;
  /** Takes the line away, so that something else can be written. */
  clear(): void;
  stop(): void;
}

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const frameMs = 120;
/** Into a file or a pipe, a line only when something new is known, and counters at most this often. */
const plainIntervalMs = 5_000;

/** Progress on stderr: one line that changes on a terminal, plain lines elsewhere. */
export function createProgressLine(context: CliContext): ProgressLine {
  return context.stderr.isTTY ? changingLine(context) : plainLines(context);
}

function changingLine({ stderr, clock, env }: CliContext): ProgressLine {
  const paint = createPaint(stderr, env);
  const startedMs = clock.now();
  let text = '';
  let frame = 0;
  const draw = () => {
    frame += 1;
    const line = clip(`${lasting(clock.now() - startedMs)} · ${text}`, stderr.columns - 3);
    stderr.write(`\r\u001b[2K${paint('cyan', frames[frame % frames.length] ?? '')} ${paint('gray', line)}`);
  };
  const clear = () => stderr.write('\r\u001b[2K');
  const stopTicking = clock.every(frameMs, () => {
    if (text !== '') draw();
  });
  return {
    update(next) {
      text = next;
      draw();
    },
    clear,
    stop() {
      stopTicking();
      clear();
    },
  };
}

function plainLines({ stderr, clock }: CliContext): ProgressLine {
  let shape = '';
  let written = '';
  let writtenMs = Number.NEGATIVE_INFINITY;
  return {
    update(text) {
      const nextShape = text.replace(/[\d,]+/g, '0');
      if (text === written || (nextShape === shape && clock.now() - writtenMs < plainIntervalMs)) return;
      shape = nextShape;
      written = text;
      writtenMs = clock.now();
      stderr.write(`waiting: ${text}\n`);
    },
    clear: () => undefined,
    stop: () => undefined,
  };
}
