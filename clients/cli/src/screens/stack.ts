import type { StackFrame } from '@sonde/protocol';
import type { Paint } from '../output/paint.ts';
import { printable } from '../output/printable.ts';
import { alignColumns } from '../output/table.ts';

/**
 * The application's own frames first, then those of dependencies and the runtime, dimmed. Each keeps its number from
 * the top, so that the order of calls stays readable.
 */
export function stackScreen(frames: readonly StackFrame[], paint: Paint): readonly string[] {
  const numbered = frames.map((frame, index) => ({ frame, number: `#${index}`, own: isOwn(frame) }));
  const ordered = [...numbered.filter(({ own }) => own), ...numbered.filter(({ own }) => !own)];
  const lines = alignColumns(
    ordered.map(({ frame, number }) => [number, printable(frame.function) || '(anonymous)', framePlace(frame)]),
  );
  return lines.map((line, index) => (ordered[index]?.own ? line : paint('dim', line)));
}

export function framePlace({ file, line, column }: StackFrame): string {
  if (file === undefined) return '';
  return [printable(file), line, column].filter((part) => part !== undefined).join(':');
}

function isOwn({ file }: StackFrame): boolean {
  return file !== undefined && !file.startsWith('node:') && !/(^|[\\/])node_modules[\\/]/.test(file);
}
