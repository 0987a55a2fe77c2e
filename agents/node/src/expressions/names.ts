import { childrenOf, type Tree } from './tree.ts';

/** The names an expression needs from outside, in the order they are met; `this` is one of them. */
export function freeNames(tree: Tree): readonly string[] {
  const found: string[] = [];
  collect(tree, [], found);
  return found;
}

function collect(tree: Tree, params: readonly string[], found: string[]): void {
  const name = tree.kind === 'name' ? tree.name : tree.kind === 'this' ? 'this' : undefined;
  if (name !== undefined && !params.includes(name) && !found.includes(name)) found.push(name);
  const inner = tree.kind === 'arrow' ? [...params, ...tree.params] : params;
  for (const child of childrenOf(tree)) collect(child, inner, found);
}
