import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { PathRules } from './path-match.ts';
import { readText } from './read-text.ts';

/** The application's files on disk, loaded or not. */
export interface SourceFiles extends PathRules {
  readText(path: string): string | undefined;
  /** Source files under the root; `complete` is false when a bound was reached first. */
  list(): FileList;
}

interface FileList {
  readonly paths: readonly string[];
  readonly complete: boolean;
}

export interface SourceFilesOptions extends PathRules {
  readonly now: () => number;
  /** Directory entries looked at, files and folders alike; no further folder is opened after that many. */
  readonly maxEntries: number;
  /** The walk holds up the application's thread, so it must be short. */
  readonly maxMs: number;
}

export function diskSourceFiles(options: SourceFilesOptions): SourceFiles {
  const { root, caseInsensitive } = options;
  return { root, caseInsensitive, readText, list: () => walk(options) };
}

/** Breadth first: what is near the root is found before a bound is reached. */
function walk({ root, now, maxEntries, maxMs }: SourceFilesOptions): FileList {
  const deadline = now() + maxMs;
  const paths: string[] = [];
  const folders = [root];
  let entries = 0;
  for (const folder of folders) {
    if (entries > maxEntries || now() > deadline) {
      return { paths, complete: false };
    }
    // A folder is taken whole, however many entries are left: its order on disk must not decide what is found.
    for (const entry of entriesOf(folder)) {
      entries += 1;
      const file = join(folder, entry.name);
      if (isSourceFolder(entry)) {
        folders.push(file);
      } else if (entry.isFile() && /\.[cm]?[jt]sx?$/.test(entry.name)) {
        paths.push(file);
      }
    }
  }
  return { paths, complete: true };
}

function isSourceFolder(entry: Dirent): boolean {
  return entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules';
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // A folder that may not be read holds nothing that could be probed by name.
    return [];
  }
}
