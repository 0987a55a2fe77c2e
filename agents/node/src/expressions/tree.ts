import type { TextRange } from '@sonde/protocol/agent';

/** An expression that was checked: everything that is not in here was refused. Ranges are offsets in its own text. */
export type Tree =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | bigint | null }
  | { readonly kind: 'pattern'; readonly raw: string }
  | { readonly kind: 'name'; readonly name: string; readonly range: TextRange }
  | { readonly kind: 'this' }
  | MemberTree
  | CallTree
  | { readonly kind: 'chain'; readonly link: Tree }
  | { readonly kind: 'unary'; readonly operator: UnaryOperator; readonly operand: Tree }
  | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: Tree; readonly right: Tree }
  | { readonly kind: 'logical'; readonly operator: LogicalOperator; readonly left: Tree; readonly right: Tree }
  | { readonly kind: 'conditional'; readonly test: Tree; readonly yes: Tree; readonly no: Tree }
  | { readonly kind: 'template'; readonly texts: readonly string[]; readonly parts: readonly Tree[] }
  | { readonly kind: 'array'; readonly elements: readonly Tree[] }
  | { readonly kind: 'object'; readonly fields: readonly { readonly name: string; readonly value: Tree }[] }
  | ArrowTree;

/** `object.property`, `object?.property`, `object[property]`. A property known beforehand is a string. */
export interface MemberTree {
  readonly kind: 'member';
  readonly object: Tree;
  readonly property: string | Tree;
  readonly optional: boolean;
}

export interface CallTree {
  readonly kind: 'call';
  readonly callee: Tree;
  readonly args: readonly Tree[];
  readonly optional: boolean;
}

/** Only as an argument of an array method. */
interface ArrowTree {
  readonly kind: 'arrow';
  readonly params: readonly string[];
  readonly body: Tree;
}

export const unaryOperators = ['!', '-', '+', '~', 'typeof'] as const;
export type UnaryOperator = (typeof unaryOperators)[number];

export type LogicalOperator = '&&' | '||' | '??';

export const binaryOperators = [
  ...(['===', '!==', '==', '!=', '<', '<=', '>', '>='] as const),
  ...(['+', '-', '*', '/', '%', '**', '&', '|', '^', '<<', '>>', '>>>', 'in', 'instanceof'] as const),
] as const;
export type BinaryOperator = (typeof binaryOperators)[number];

/** The parts of a tree, in the order of the text. */
export function childrenOf(tree: Tree): readonly Tree[] {
  switch (tree.kind) {
    case 'member':
      return typeof tree.property === 'string' ? [tree.object] : [tree.object, tree.property];
    case 'call':
      return [tree.callee, ...tree.args];
    case 'chain':
      return [tree.link];
    case 'unary':
      return [tree.operand];
    case 'binary':
    case 'logical':
      return [tree.left, tree.right];
    case 'conditional':
      return [tree.test, tree.yes, tree.no];
    case 'template':
      return tree.parts;
    case 'array':
      return tree.elements;
    case 'object':
      return tree.fields.map((field) => field.value);
    case 'arrow':
      return [tree.body];
    default:
      return [];
  }
}
