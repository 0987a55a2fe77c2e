import { resolve } from 'node:path';
import type { SourceLines } from '../screens/problem-screen.ts';
import { readIfThere } from './server-file.ts';

/** Lines of the file as it stands here, which is only an aid to the eye: what runs elsewhere may differ. */
export function localSource(cwd: string, file: string): SourceLines {
  let lines: readonly string[] | undefined;
  return (line) => {
    lines ??= readText(resolve(cwd, file)).split('\n');
    return lines[line - 1];
  };
}

/** A name that is a folder here, or a file nobody may read, is no reason to fail. */
function readText(path: string): string {
  try {
    return readIfThere(path) ?? '';
  } catch (error) {
    if (error instanceof Error && 'code' in error) return '';
    throw error;
  }
}
