import type { AnyNode, CallExpression } from 'acorn';

/**
 * Functions inside this call whose tokens Node's CommonJS export lexer reads, as Babel and TypeScript write them:
 * `Object.keys(x).forEach(function (k) { … exports[k] … })` and `Object.defineProperty(exports, 'a', { get: function () { … } })`.
 * A guard in there would make `import { a } from './module.cjs'` fail.
 * https://github.com/nodejs/cjs-module-lexer#grammar
 */
export function exportDetectingFunctions(call: CallExpression, code: string): readonly AnyNode[] {
  if (isCallOf(call, 'defineProperty')) {
    const [target, , descriptor] = call.arguments;
    if (!target || !isExports(target) || descriptor?.type !== 'ObjectExpression') return [];
    return descriptor.properties.flatMap((property) => (property.type === 'Property' ? [property.value] : []));
  }
  if (isCallOf(call, 'forEach')) {
    const [callback] = call.arguments;
    return callback && /\bexports\b/.test(code.slice(callback.start, callback.end)) ? [callback] : [];
  }
  return [];
}

function isCallOf(call: CallExpression, method: string): boolean {
  const { callee } = call;
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return false;
  if (callee.property.name !== method) return false;
  const { object } = callee;
  return object.type === 'Identifier'
    ? object.name === 'Object'
    : object.type === 'CallExpression' && isCallOf(object, 'keys');
}

function isExports(node: AnyNode): boolean {
  if (node.type === 'Identifier') return node.name === 'exports';
  return node.type === 'MemberExpression' && node.property.type === 'Identifier' && node.property.name === 'exports';
}
