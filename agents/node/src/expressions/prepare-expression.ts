import type { Gear, Problem } from '@sonde/protocol/agent';
import type { Redaction } from '../redaction/redaction.ts';
import { type BindName, type CompiledExpression, compileExpression } from './compile-expression.ts';
import { gearOf, isGlobalName } from './gear.ts';
import { freeNames } from './names.ts';
import { parseExpression } from './parse-expression.ts';
import { childrenOf, type Tree } from './tree.ts';

export interface PreparedExpression {
  readonly kind: 'ok';
  readonly text: string;
  readonly field: string | undefined;
  /** `compiled` expressions still go to the sandbox for a hit on which they meet an accessor or a proxy. */
  readonly gear: Exclude<Gear, 'none'>;
  /** What the line must provide, `this` included, in the order of the text. */
  readonly names: readonly string[];
  readonly tree: Tree;
  /** Undefined in the sandboxed gear. */
  readonly compile: (bind: BindName) => CompiledExpression | undefined;
}

export type Preparation = PreparedExpression | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

export interface PreparationContext {
  readonly redaction: Redaction;
  /** The part of the probe it stands in: `condition`, `watches[1]`. */
  readonly field?: string;
  /** Where it stands in the text that its author sees: ranges of problems count from there. */
  readonly offset?: number;
  /** The names that can be read on the line. Without them every name that is not a global is taken to be one. */
  readonly knownNames?: readonly string[];
}

/** Reads, checks and sorts one expression. Runs nothing. */
export function prepareExpression(text: string, context: PreparationContext): Preparation {
  const { redaction, field, offset = 0, knownNames } = context;
  const parsed = parseExpression(text, redaction, field, offset);
  if (parsed.kind === 'refused') return { kind: 'refused', problems: [parsed.problem] };
  const { tree } = parsed;
  const isKnown = (name: string): boolean =>
    knownNames === undefined ? !isGlobalName(name) : knownNames.includes(name);
  const free = freeNames(tree);
  const unknown = free.filter((name) => !isKnown(name) && !isGlobalName(name));
  if (unknown.length > 0) {
    const problems = unknown.map((name) => unknownName(name, tree, knownNames ?? [], field, offset));
    return { kind: 'refused', problems };
  }
  const gear = gearOf(tree, isKnown);
  return {
    kind: 'ok',
    text,
    field,
    gear,
    names: free.filter(isKnown),
    tree,
    compile: (bind) => (gear === 'compiled' ? compileExpression(tree, bind, redaction, isKnown) : undefined),
  };
}

const maxListed = 20;

function unknownName(
  name: string,
  tree: Tree,
  knownNames: readonly string[],
  field: string | undefined,
  offset: number,
): Problem {
  const found = rangeOfName(name, tree);
  const known = knownNames.slice(0, maxListed);
  return {
    code: 'expression.unknown-name',
    message: `${name} cannot be read on this line`,
    ...(field === undefined ? {} : { field }),
    ...(found === undefined ? {} : { range: { start: found.start + offset, end: found.end + offset } }),
    candidates: [...known],
  };
}

function rangeOfName(name: string, tree: Tree): { readonly start: number; readonly end: number } | undefined {
  if (tree.kind === 'name' && tree.name === name) return tree.range;
  for (const child of childrenOf(tree)) {
    const range = rangeOfName(name, child);
    if (range !== undefined) return range;
  }
  return undefined;
}
