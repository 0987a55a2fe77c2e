import { realpathSync } from 'node:fs';
import { delimiter, dirname, resolve, sep } from 'node:path';
import type { CliContext } from '../cli-context.ts';

interface CloneRuntime {
  /** The PATH for the program, undefined to leave it alone. */
  readonly path: string | undefined;
  readonly note: string | undefined;
}

const neededMajor = 24;

/**
 * The examples of the repository are TypeScript, which an older Node cannot run. Inside the clone they get the Node that
 * the repository brings; everywhere else a program runs with the Node its user has.
 */
export function cloneRuntime(context: CliContext, command: string, args: readonly string[]): CloneRuntime {
  const unchanged = { path: undefined, note: undefined };
  const { machine, cwd, env } = context;
  // A Node that is named by its path was chosen.
  if (/[\\/]/.test(command) && /node(\.exe)?$/.test(command)) return unchanged;
  const root = realPath(machine.repositoryRoot);
  const inside = [cwd, ...args.map((arg) => resolve(cwd, arg))].some((path) => isInside(realPath(path), root));
  if (!inside) return unchanged;
  const version = machine.nodeVersion(env['PATH']);
  if (version !== undefined && Number.parseInt(version, 10) >= neededMajor) return unchanged;
  const yours = version === undefined ? 'no node runs from PATH' : `yours is ${version}`;
  const pinned = machine.pinnedNode();
  if (!pinned)
    return {
      path: undefined,
      note: `the examples need Node ${neededMajor} and ${yours}; \`npm run setup\` fetches one`,
    };
  const folder = dirname(pinned);
  return {
    path: [folder, env['PATH']].filter(Boolean).join(delimiter),
    note: `node is the repository's own ${machine.nodeVersion(folder) ?? neededMajor} (${yours})`,
  };
}

function isInside(path: string | undefined, root: string | undefined): boolean {
  return path !== undefined && root !== undefined && (path === root || path.startsWith(root + sep));
}

/** Undefined when there is nothing of that name: an argument need not be a file. */
function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
