import path from 'node:path';
import { fileURLToPath } from 'node:url';

export interface PathRules {
  /** The application's root, absolute. */
  readonly root: string;
  readonly caseInsensitive: boolean;
}

/**
 * How well a file answers to the name somebody gave, best first:
 * - `exact`: the whole path, or the whole path below the root
 * - `suffix`: the name is the end of the path
 * - `covers`: the path below the root is the end of the name, which comes from another machine or folder. At least two
 *   parts must agree: every second project has an `index.ts`.
 */
export type MatchGrade = 'exact' | 'suffix' | 'covers';

export const matchGrades: readonly MatchGrade[] = ['exact', 'suffix', 'covers'];

export function matchPath(name: string, file: string, rules: PathRules): MatchGrade | undefined {
  const wanted = comparable(cleanName(name), rules);
  const full = comparable(slashed(file), rules);
  const below = belowRoot(full, comparable(slashed(rules.root), rules));
  if (wanted === full || wanted === below) {
    return 'exact';
  }
  if (full.endsWith(`/${wanted}`)) {
    return 'suffix';
  }
  return below.includes('/') && wanted.endsWith(`/${below}`) ? 'covers' : undefined;
}

/** Each path by as few of its last parts as tell it from all the others. */
export function shortestDistinguishing(files: readonly string[]): readonly string[] {
  const split = files.map((file) => slashed(file).split('/'));
  return split.map((parts) => {
    for (let count = 1; count < parts.length; count += 1) {
      const end = parts.slice(-count).join('/');
      if (split.filter((other) => other.slice(-count).join('/') === end).length === 1) {
        return end;
      }
    }
    return parts.join('/');
  });
}

/** Forward slashes, no `file:`, no `.` and `..`. A name that leads upwards is judged by what follows. */
function cleanName(name: string): string {
  const plain = pathOfUrl(name);
  return path.posix.normalize(slashed(plain)).replace(/^(?:\.\.?\/)+/, '');
}

/** A file URL with a host, or with an encoded slash, names no path here: then it is a name like any other. */
export function pathOfUrl(name: string): string {
  if (!name.startsWith('file:')) return name;
  try {
    return fileURLToPath(name);
  } catch {
    return name.slice('file:'.length);
  }
}

function slashed(file: string): string {
  return file.replaceAll('\\', '/');
}

function belowRoot(full: string, root: string): string {
  const folder = root.endsWith('/') ? root : `${root}/`;
  return full.startsWith(folder) ? full.slice(folder.length) : full;
}

function comparable(file: string, rules: PathRules): string {
  return rules.caseInsensitive ? file.toLowerCase() : file;
}
