import type { StackFrame } from '@sonde/protocol/agent';
import type { CallSite, StackCapture } from '../capture/stack.ts';
import type { SourcePosition } from '../source/original-position.ts';

/** Reads the calls that led to the probed line, in the author's source, innermost first. */
export type StackReader = () => readonly StackFrame[];

export interface StackReaderDeps {
  readonly stack: StackCapture;
  readonly toOriginal: (position: SourcePosition) => SourcePosition;
  /** How a path is shown: from the application's folder, where it lies in it. */
  readonly display: (path: string) => string;
}

/** Deeper stacks are cut: what led to a line is near it. */
const maxFrames = 30;

export function createStackReader({ stack, toOriginal, display }: StackReaderDeps): StackReader {
  const frame = (call: CallSite): StackFrame => {
    if (call.file === undefined || call.line === undefined) return { function: call.function };
    const position = toOriginal({ file: call.file, line: call.line, column: call.column ?? 1 });
    return { function: call.function, ...position, file: display(position.file) };
  };
  const read: StackReader = () => stack.captureStack(read, maxFrames).map(frame);
  return read;
}
