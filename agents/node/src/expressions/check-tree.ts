import type {
  ArrowFunctionExpression,
  CallExpression,
  Expression,
  MemberExpression,
  ObjectExpression,
  ParenthesizedExpression,
} from 'acorn';
import type { Redaction } from '../redaction/redaction.ts';
import { checkFreeName, checkMethod, checkProperty, takesKey } from './name-rules.ts';
import { pureGlobals } from './pure-functions.ts';
import { Refusal } from './refusal.ts';
import { refuseNode } from './refused-syntax.ts';
import {
  type BinaryOperator,
  binaryOperators,
  type LogicalOperator,
  type Tree,
  type UnaryOperator,
  unaryOperators,
} from './tree.ts';

type Node = Expression | { readonly type: string; readonly start: number; readonly end: number };

interface Scope {
  readonly redaction: Redaction;
  readonly params: readonly string[];
}

/** The array methods that take a function, each of which asks it about one element after another. */
const arrowMethods: ReadonlySet<string> = new Set([
  ...['some', 'every', 'find', 'findIndex', 'findLast', 'findLastIndex', 'filter', 'map', 'flatMap', 'reduce'],
]);

/** What acorn read, reduced to what is allowed. Throws a `Refusal` for the first thing that is not. */
export function checkTree(node: Expression, redaction: Redaction): Tree {
  return convert(node, { redaction, params: [] });
}

function convert(node: Node, scope: Scope): Tree {
  const expression = node as Expression;
  switch (expression.type) {
    case 'Literal':
      if (expression.regex) return { kind: 'pattern', raw: expression.raw ?? '' };
      return { kind: 'literal', value: expression.value as string | number | boolean | bigint | null };
    case 'Identifier':
      if (!scope.params.includes(expression.name)) checkFreeName(expression.name, scope.redaction, rangeOf(node));
      return { kind: 'name', name: expression.name, range: rangeOf(node) };
    case 'ThisExpression':
      return { kind: 'this' };
    case 'ParenthesizedExpression':
      return convert(expression.expression, scope);
    case 'ChainExpression':
      return { kind: 'chain', link: convert(expression.expression, scope) };
    case 'MemberExpression':
      return convertMember(expression, scope, false);
    case 'CallExpression':
      return convertCall(expression, scope);
    case 'TemplateLiteral': {
      const texts = expression.quasis.map((quasi) => quasi.value.cooked ?? '');
      return { kind: 'template', texts, parts: expression.expressions.map((part) => convert(part, scope)) };
    }
    case 'ArrayExpression': {
      const elements = expression.elements.map((element) => convert(element ?? { ...rangeless(node) }, scope));
      return { kind: 'array', elements };
    }
    case 'ObjectExpression':
      return convertObject(expression, scope);
    default:
      return convertOperator(expression, scope);
  }
}

function convertOperator(node: Expression, scope: Scope): Tree {
  switch (node.type) {
    case 'UnaryExpression':
      if (!isOneOf(unaryOperators, node.operator)) return refuseNode(node);
      return { kind: 'unary', operator: node.operator as UnaryOperator, operand: convert(node.argument, scope) };
    case 'BinaryExpression': {
      if (!isOneOf(binaryOperators, node.operator) || node.left.type === 'PrivateIdentifier') return refuseNode(node);
      const left = convert(node.left, scope);
      if (node.operator === 'in' && left.kind === 'literal') {
        checkProperty(String(left.value), scope.redaction, rangeOf(node.left));
      }
      return { kind: 'binary', operator: node.operator as BinaryOperator, left, right: convert(node.right, scope) };
    }
    case 'LogicalExpression': {
      const operator: LogicalOperator = node.operator;
      return { kind: 'logical', operator, left: convert(node.left, scope), right: convert(node.right, scope) };
    }
    case 'ConditionalExpression': {
      const test = convert(node.test, scope);
      return { kind: 'conditional', test, yes: convert(node.consequent, scope), no: convert(node.alternate, scope) };
    }
    default:
      return refuseNode(node);
  }
}

function convertMember(node: MemberExpression, scope: Scope, called: boolean): Tree {
  if (node.property.type === 'PrivateIdentifier') return refuseNode(node.property);
  const { optional } = node;
  const computed = node.computed ? convert(node.property as Expression, scope) : undefined;
  const name = computed === undefined ? (node.property as { name: string }).name : constantText(computed);
  const range = rangeOf(node.property);
  if (name === undefined) {
    return { kind: 'member', object: convert(node.object, scope), property: computed as Tree, optional };
  }
  if (called || isGlobal(node.object, scope)) checkMethod(name, scope.redaction, range);
  else checkProperty(name, scope.redaction, range);
  const named = name === 'name' && node.object.type === 'MemberExpression' && isConstructor(node.object);
  const object = named ? convertConstructor(node.object as MemberExpression, scope) : convert(node.object, scope);
  return { kind: 'member', object, property: name, optional };
}

/** `Object.values` may be handed on as well as called: `items.map(Object.values)`. */
function isGlobal(node: Node, scope: Scope): boolean {
  const object = unwrap(node) as Expression;
  return object.type === 'Identifier' && pureGlobals.has(object.name) && !scope.params.includes(object.name);
}

function unwrap<Inner extends Node>(node: Inner): Exclude<Inner | Expression, { type: 'ParenthesizedExpression' }> {
  let inner: Node = node;
  while (inner.type === 'ParenthesizedExpression') inner = (inner as ParenthesizedExpression).expression;
  return inner as Exclude<Inner | Expression, { type: 'ParenthesizedExpression' }>;
}

function isConstructor(node: MemberExpression): boolean {
  return !node.computed && node.property.type === 'Identifier' && node.property.name === 'constructor';
}

function convertConstructor(node: MemberExpression, scope: Scope): Tree {
  const object = convert(node.object, scope);
  return { kind: 'member', object, property: 'constructor', optional: node.optional };
}

/** Text that an author may build instead of writing: `order['pass' + 'word']` names what `order.password` names. */
function constantText(tree: Tree): string | undefined {
  if (tree.kind === 'literal') return String(tree.value);
  if (tree.kind === 'template' && tree.parts.length === 0) return tree.texts[0];
  if (tree.kind !== 'binary' || tree.operator !== '+') return undefined;
  const left = constantText(tree.left);
  const right = constantText(tree.right);
  return left === undefined || right === undefined ? undefined : left + right;
}

function convertCall(node: CallExpression, scope: Scope): Tree {
  const called = unwrap(node.callee);
  const callee = called.type === 'MemberExpression' ? convertMember(called, scope, true) : convert(called, scope);
  const method = callee.kind === 'member' && typeof callee.property === 'string' ? callee.property : undefined;
  const takesArrow = method !== undefined && arrowMethods.has(method);
  const args = node.arguments
    .map(unwrap)
    .map((argument, index) =>
      takesArrow && index === 0 && argument.type === 'ArrowFunctionExpression'
        ? convertArrow(argument, scope)
        : convert(argument, scope),
    );
  const [first] = args;
  const key = first === undefined || !takesKey(method) ? undefined : constantText(first);
  // `headers.get('authorization')` reads a field, whatever its syntax.
  if (key !== undefined && node.arguments[0] !== undefined) checkKey(key, scope, node.arguments[0]);
  return { kind: 'call', callee, args, optional: node.optional };
}

function checkKey(key: string, scope: Scope, node: Node): void {
  if (!scope.redaction.isRedactedNamePurely(key)) return;
  throw new Refusal('expression.redacted', `${key} is redacted and cannot be asked for; name another`, rangeOf(node));
}

function convertArrow(node: ArrowFunctionExpression, scope: Scope): Tree {
  if (node.async || node.body.type === 'BlockStatement') return refuseNode(node);
  const params = node.params.map((param) => (param.type === 'Identifier' ? param.name : refuseNode(param)));
  for (const name of params) checkFreeName(name, scope.redaction, rangeOf(node));
  return { kind: 'arrow', params, body: convert(node.body, { ...scope, params: [...scope.params, ...params] }) };
}

function convertObject(node: ObjectExpression, scope: Scope): Tree {
  const fields = node.properties.map((property) => {
    if (property.type !== 'Property' || property.kind !== 'init' || property.computed || property.method) {
      return refuseNode(property);
    }
    const { key } = property;
    const name = key.type === 'Identifier' ? key.name : String((key as { value?: unknown }).value);
    if (name === '__proto__') checkProperty(name, scope.redaction, rangeOf(key));
    return { name, value: convert(property.value, scope) };
  });
  return { kind: 'object', fields };
}

function rangeless(node: Node): Node {
  return { type: 'EmptyElement', start: node.start, end: node.end };
}

function rangeOf(node: Node): { readonly start: number; readonly end: number } {
  return { start: node.start, end: node.end };
}

function isOneOf(list: readonly string[], value: string): boolean {
  return list.includes(value);
}
