import path from 'node:path';

/** Which files are the application's own. Plain data, so that it reaches the hooks thread of Node 20. */
export interface ApplicationScope {
  readonly root: string;
  /** Folders below (or outside) the root that are never guarded: the agent's own. */
  readonly excluded: readonly string[];
}

/** Files under the root, without dependencies and without the agent. */
export function scopePredicate(scope: ApplicationScope): (file: string) => boolean {
  const root = withSeparator(scope.root);
  // Only the part below the root counts: an application may itself be installed inside a node_modules folder.
  const dependency = `${path.sep}node_modules${path.sep}`;
  return (file) => file.startsWith(root) && !file.includes(dependency, root.length - 1) && !isExcluded(scope, file);
}

export function isExcluded(scope: ApplicationScope, file: string): boolean {
  return scope.excluded.some((folder) => file.startsWith(withSeparator(folder)));
}

function withSeparator(folder: string): string {
  return folder.endsWith(path.sep) ? folder : folder + path.sep;
}
