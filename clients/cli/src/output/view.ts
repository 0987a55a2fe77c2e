import type { CliContext, Terminal } from '../cli-context.ts';
import { createPaint, type Paint } from './paint.ts';

/** What a screen needs to know of the eye that reads it. */
export interface View {
  readonly paint: Paint;
  readonly columns: number;
  readonly nowMs: number;
  readonly timeZone: string;
}

export function viewFor(context: CliContext, terminal: Terminal): View {
  return {
    paint: createPaint(terminal, context.env),
    columns: terminal.isTTY ? terminal.columns : Number.POSITIVE_INFINITY,
    nowMs: context.clock.now(),
    timeZone: context.timeZone,
  };
}
